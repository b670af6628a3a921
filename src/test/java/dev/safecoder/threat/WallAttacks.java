package dev.safecoder.threat;

/** What an agent's shell tries at the wall; each prints what it got. */
final class WallAttacks {
    static final String SOCKETS =
            """
            python3 - <<'END'
            import os, socket, stat
            places = ['@SOCKET@', '/run/docker.sock', '/var/run/docker.sock', '/run/podman/podman.sock',
                      '/run/containerd/containerd.sock', '/run/dbus/system_bus_socket', '/run/user/0/bus']
            for folder, folders, files in os.walk('/'):
                if folder in ('/proc', '/sys', '/workspace'):
                    folders.clear()
                for name in files:
                    try:
                        path = os.path.join(folder, name)
                        if stat.S_ISSOCK(os.lstat(path).st_mode):
                            places.append(path)
                    except OSError:
                        pass
            reached = []
            for place in places:
                try:
                    s = socket.socket(socket.AF_UNIX)
                    s.settimeout(1)
                    s.connect(place)
                    reached.append(place)
                except OSError:
                    pass
            print('reached:', reached)
            END
            """;

    static final String NETWORK =
            """
            python3 - <<'END'
            import socket
            reached = [name for _, name in socket.if_nameindex() if name != 'lo']
            def tried(family, kind, address, protocol=0):
                try:
                    s = socket.socket(family, kind, protocol)
                    s.settimeout(1)
                    s.connect(address)
                    reached.append(address)
                except OSError:
                    pass
            for host in ('127.0.0.1', '172.17.0.1', '10.88.0.1', '1.1.1.1', '169.254.169.254', '192.168.65.7'):
                for port in (@PORT@, 80, 443, 2375):
                    tried(socket.AF_INET, socket.SOCK_STREAM, (host, port))
            for host in ('::1', '2606:4700::1111'):
                tried(socket.AF_INET6, socket.SOCK_STREAM, (host, @PORT@))
            tried(socket.AF_UNIX, socket.SOCK_STREAM, '\\0@ABSTRACT@')
            for family in (17, 40, 31):
                try:
                    socket.socket(family, socket.SOCK_RAW if family != 40 else socket.SOCK_STREAM)
                    reached.append(family)
                except OSError:
                    pass
            for name in ('example.com', 'host.docker.internal', 'x'):
                try:
                    reached += socket.getaddrinfo(name, 443)
                except OSError:
                    pass
            print('reached:', reached)
            END
            """;

    static final String PRIVILEGES =
            """
            grep -E 'Cap|NoNewPrivs|Seccomp:' /proc/self/status
            mkdir -p /tmp/m
            for line in 'mount -t tmpfs x /tmp/m' 'unshare -Urm true' 'unshare -n true' 'chroot / true' \\
                    'nsenter -t 1 -m true' 'mknod /tmp/n c 1 5' 'umount /proc'; do
                $line 2>/dev/null && echo "got it: $line"
            done
            true
            """;

    static final String DEVICES =
            """
            python3 - <<'END'
            import os, stat
            usual = {'null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx', 'console'}
            reached = []
            for folder, folders, files in os.walk('/dev'):
                for name in files:
                    mode = os.lstat(os.path.join(folder, name)).st_mode
                    if stat.S_ISBLK(mode) or stat.S_ISCHR(mode) and name not in usual and '/pts' not in folder:
                        reached.append(os.path.join(folder, name))
            reached += [path for path in ('@HOME@', '@OUTSIDE@', '/var/lib/docker', '/boot', '/root/.m2')
                        if os.path.exists(path) and os.listdir(path)]
            print('reached:', reached)
            END
            """;

    /** Four gigabytes at most, should nobody stop it. */
    static final String FILL_DISK =
            """
            mkdir big
            for i in $(seq 1 400); do head -c 10M /dev/zero >big/$i; done
            sleep 30
            """;

    private WallAttacks() {}
}
