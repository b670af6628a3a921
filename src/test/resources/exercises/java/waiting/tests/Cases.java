import java.nio.file.Files;
import java.nio.file.Path;

final class Cases {
    static void theMostPainFirst() {
        Checks.same(seen(room()), "Bo Cy Al Di ");
    }

    static void painThatGrows() {
        WaitingRoom room = room();
        room.worse("Di", 9);
        room.worse("Al", 7);
        Checks.same(seen(room), "Di Al Bo Cy ");
    }

    static void anEmptyRoom() {
        Checks.same(new WaitingRoom().next().isPresent(), false);
    }

    static void painHasBounds() {
        Checks.refused(() -> new WaitingRoom().arrives("Ed", 11));
        Checks.refused(() -> new WaitingRoom().arrives("Ed", -1));
    }

    static void twoFilesAreGone() {
        Checks.same(Files.exists(Path.of("src", "Patient.java")), false);
        Checks.same(Files.exists(Path.of("src", "ByPain.java")), false);
    }

    private static WaitingRoom room() {
        WaitingRoom room = new WaitingRoom();
        room.arrives("Al", 3);
        room.arrives("Bo", 7);
        room.arrives("Cy", 7);
        room.arrives("Di", 1);
        return room;
    }

    private static String seen(WaitingRoom room) {
        StringBuilder names = new StringBuilder();
        for (int n = 0; n < 4; n++) {
            names.append(room.next().orElse("nobody")).append(' ');
        }
        return names.toString();
    }
}
