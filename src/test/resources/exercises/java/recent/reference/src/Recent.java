import java.util.HashMap;
import java.util.Map;

/** Remembers what was asked for lately. */
final class Recent<K, V> {
    private final int most;
    private final Map<K, Entry<K, V>> entries = new HashMap<>();
    private final Entry<K, V> ends = new Entry<>(null, null);

    /** A circle through `ends`, whose older neighbour is the newest entry and whose newer one the oldest. */
    private static final class Entry<K, V> {
        final K key;
        V value;
        Entry<K, V> older = this;
        Entry<K, V> newer = this;

        Entry(K key, V value) {
            this.key = key;
            this.value = value;
        }
    }

    Recent(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one entry");
        }
        this.most = most;
    }

    V get(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        leave(entry);
        enter(entry);
        return entry.value;
    }

    void put(K key, V value) {
        Entry<K, V> entry = entries.computeIfAbsent(key, it -> new Entry<>(it, value));
        entry.value = value;
        leave(entry);
        enter(entry);
        if (entries.size() > most) {
            entries.remove(ends.newer.key);
            leave(ends.newer);
        }
    }

    int size() {
        return entries.size();
    }

    private void enter(Entry<K, V> entry) {
        entry.newer = ends;
        entry.older = ends.older;
        ends.older.newer = entry;
        ends.older = entry;
    }

    private void leave(Entry<K, V> entry) {
        entry.newer.older = entry.older;
        entry.older.newer = entry.newer;
    }
}
