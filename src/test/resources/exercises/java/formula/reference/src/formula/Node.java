package formula;

import java.util.Map;

/** A part of a formula. */
interface Node {
    double value(Map<String, Double> names);
}
