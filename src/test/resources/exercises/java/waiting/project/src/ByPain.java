import java.util.Comparator;

/** Orders patients. */
final class ByPain implements Comparator<Patient> {
    @Override
    public int compare(Patient a, Patient b) {
        return a.pain - b.pain;
    }
}
