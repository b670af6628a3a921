import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is seen next. */
final class WaitingRoom {
    private final List<Patient> patients = new ArrayList<>();

    void arrives(String name, int pain) {
        patients.add(new Patient(name, pain));
    }

    void worse(String name, int pain) {}

    Optional<String> next() {
        patients.sort(new ByPain());
        return Optional.of(patients.remove(0).name);
    }
}
