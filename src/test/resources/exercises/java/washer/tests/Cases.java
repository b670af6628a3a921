final class Cases {
    static void washes() {
        Checks.same(states("start", "full", "clean", "dry"), "filling washing spinning idle ");
    }

    static void goesOnAfterThePause() {
        Checks.same(
                states("start", "full", "door opened", "door closed", "clean"),
                "filling washing paused washing spinning ");
    }

    static void pausesWhileIdle() {
        Checks.same(states("door opened", "door closed", "start"), "paused idle filling ");
    }

    static void refusesWhatCannotCome() {
        Washer washer = new Washer();
        for (String event : new String[] {"full", "dry", "door closed", "", "rain"}) {
            Checks.refused(() -> washer.on(event));
        }
        washer.on("door opened");
        Checks.refused(() -> washer.on("start"));
        Checks.refused(() -> washer.on("door opened"));
        Checks.same(washer.state(), "paused");
    }

    private static String states(String... events) {
        Washer washer = new Washer();
        StringBuilder states = new StringBuilder();
        for (String event : events) {
            washer.on(event);
            states.append(washer.state()).append(' ');
        }
        return states.toString();
    }
}
