package formula;

/** Reads a formula from left to right; every method reads what binds tighter than the one before it. */
final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
        this.text = text.replace(" ", "");
    }

    Node parse() {
        Node sum = sum();
        if (at < text.length()) {
            throw new IllegalArgumentException("'" + text.substring(at) + "' is out of place");
        }
        return sum;
    }

    private Node sum() {
        Node left = product();
        while (true) {
            Node a = left;
            if (skip('+')) {
                Node b = product();
                left = names -> a.value(names) + b.value(names);
            } else if (skip('-')) {
                Node b = product();
                left = names -> a.value(names) - b.value(names);
            } else {
                return left;
            }
        }
    }

    private Node product() {
        Node left = power();
        while (true) {
            Node a = left;
            if (skip('*')) {
                Node b = power();
                left = names -> a.value(names) * b.value(names);
            } else if (skip('/')) {
                Node b = power();
                left = names -> a.value(names) / b.value(names);
            } else {
                return left;
            }
        }
    }

    private Node power() {
        if (skip('-')) {
            Node a = power();
            return names -> -a.value(names);
        }
        Node a = atom();
        if (!skip('^')) {
            return a;
        }
        Node b = power();
        return names -> Math.pow(a.value(names), b.value(names));
    }

    private Node atom() {
        if (skip('(')) {
            Node inner = sum();
            if (!skip(')')) {
                throw new IllegalArgumentException("a bracket is left open");
            }
            return inner;
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.matches("\\d+(\\.\\d+)?")) {
            double number = Double.parseDouble(word);
            return names -> number;
        }
        if (!word.matches("[a-z]+")) {
            throw new IllegalArgumentException("'" + word + "' is neither a number nor a name");
        }
        return names -> known(word, names);
    }

    private static double known(String name, java.util.Map<String, Double> names) {
        if (!names.containsKey(name)) {
            throw new IllegalArgumentException("nothing is called '" + name + "'");
        }
        return names.get(name);
    }

    private boolean skip(char sign) {
        boolean found = at < text.length() && text.charAt(at) == sign;
        at += found ? 1 : 0;
        return found;
    }
}
