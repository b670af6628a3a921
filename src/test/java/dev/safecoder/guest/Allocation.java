package dev.safecoder.guest;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Counts the bytes that all threads allocate while something runs. */
final class Allocation {
    private Allocation() {}

    static long during(Callable<?> work) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        work.call();
        return threads.getTotalThreadAllocatedBytes() - before;
    }
}
