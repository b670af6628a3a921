package dev.safecoder.guest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** A guest at the other end of a byte stream, spoken to by the protocol of guest/PROTOCOL.md. */
public final class GuestClient implements Guest {

    private final Link link;
    private final GuestHello hello;
    private final FileRequests files;
    private final Ports ports;

    private GuestClient(Link link, GuestHello hello) {
        this.link = link;
        this.hello = hello;
        files = new FileRequests(link);
        ports = new Ports(link);
    }

    /**
     * Takes over the stream and greets the guest. Whatever goes wrong, the sandbox is killed first.
     *
     * @param limit how long the guest may take to answer
     * @throws GuestException when it does not answer in time, or not as it should
     */
    public static GuestClient connect(GuestStream stream, Duration limit)
            throws InterruptedException {
        var link = Link.to(stream);
        return new GuestClient(link, link.greet(limit));
    }

    @Override
    public GuestHello hello() {
        return hello;
    }

    @Override
    public RunningCommand start(Command command, CommandOutput output) {
        return GuestCommand.start(link, command, output);
    }

    @Override
    public FileAnswer read(byte[] path, long offset, int most) throws InterruptedException {
        return files.read(path, offset, most);
    }

    @Override
    public WriteAnswer write(WriteRequest request, InputStream content)
            throws IOException, InterruptedException {
        return files.write(request, content);
    }

    @Override
    public ListAnswer list(byte[] path, int depth, int most) throws InterruptedException {
        return files.list(path, depth, most);
    }

    @Override
    public List<Entry> stat(List<byte[]> paths) throws InterruptedException {
        return files.stat(paths);
    }

    @Override
    public List<Entry> hide(List<byte[]> paths) throws InterruptedException {
        return files.hide(paths);
    }

    @Override
    public List<Entry> mask(List<String> patterns) throws InterruptedException {
        return files.mask(patterns);
    }

    @Override
    public Frozen freeze() throws InterruptedException {
        return Freeze.begin(link);
    }

    @Override
    public ScanAnswer scan(ScanRequest request, EntryConsumer consumer)
            throws IOException, InterruptedException {
        return Scan.run(link, request, consumer);
    }

    @Override
    public GuestListener listen(int port) throws InterruptedException {
        return ports.listen(port);
    }

    @Override
    public GuestConnection connect(int port) throws IOException, InterruptedException {
        return ports.connect(port);
    }

    @Override
    public void close() {
        link.close();
    }
}
