import java.util.HashMap;
import java.util.Map;

/** Remembers what was asked for lately. */
final class Recent<K, V> {
    private final Map<K, V> entries = new HashMap<>();

    Recent(int most) {}

    V get(K key) {
        return entries.get(key);
    }

    void put(K key, V value) {
        entries.put(key, value);
    }

    int size() {
        return entries.size();
    }
}
