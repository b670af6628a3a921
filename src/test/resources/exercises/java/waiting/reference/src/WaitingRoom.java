import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Who is seen next: the one in most pain, and of those in equal pain the first who came. */
final class WaitingRoom {
    private final PriorityQueue<Patient> patients =
            new PriorityQueue<>(
                    Comparator.comparingInt(Patient::pain)
                            .reversed()
                            .thenComparingInt(Patient::number));
    private int arrived;

    private record Patient(String name, int pain, int number) {}

    void arrives(String name, int pain) {
        if (pain < 0 || pain > 10) {
            throw new IllegalArgumentException("pain is from 0 to 10, not " + pain);
        }
        patients.add(new Patient(name, pain, arrived++));
    }

    void worse(String name, int pain) {
        patients.stream()
                .filter(patient -> patient.name().equals(name))
                .findFirst()
                .ifPresent(
                        patient -> {
                            patients.remove(patient);
                            patients.add(new Patient(name, pain, patient.number()));
                        });
    }

    Optional<String> next() {
        return Optional.ofNullable(patients.poll()).map(Patient::name);
    }
}
