package dev.safecoder.sandbox;

/**
 * A try at getting out, as a Python program that prints {@code held} or what it got. Each one is
 * also run in a naive container, where it must not print {@code held}: it would prove nothing.
 */
public enum WallCheck {
    INTERFACES(
            """
            names = [name for _, name in socket.if_nameindex()]
            found += [name for name in names if name != 'lo']
            routes = open('/proc/net/route').read().splitlines()[1:]
            found += [line for line in routes if not line.startswith('lo')]
            inet6 = open('/proc/net/if_inet6').read().splitlines() if os.path.exists('/proc/net/if_inet6') else []
            found += [line for line in inet6 if not line.endswith(' lo')]
            """),
    CONNECTIONS(
            """
            port = int(os.environ['SC_PORT'])
            places = [('127.0.0.1', port), ('172.17.0.1', port), ('10.88.0.1', port), ('1.1.1.1', 443),
                      ('169.254.169.254', 80), ('192.168.65.7', 2375), ('127.0.0.1', 2375)]
            for place in places:
                try:
                    socket.create_connection(place, 1)
                    found.append(place)
                except OSError:
                    pass
            for place in [('::1', port, 0, 0), ('2606:4700::1111', 443, 0, 0)]:
                try:
                    s = socket.socket(socket.AF_INET6)
                    s.settimeout(1)
                    s.connect(place)
                    found.append(place)
                except OSError:
                    pass
            """),
    RESOLVER(
            """
            try:
                found += socket.getaddrinfo('example.com', 443)
            except OSError:
                pass
            text = open('/etc/resolv.conf').read() if os.path.exists('/etc/resolv.conf') else ''
            servers = [line.split()[1] for line in text.splitlines() if line.startswith('nameserver')]
            found += [server for server in servers if not server.startswith('127.')]
            """),
    SOCKET_FAMILIES(
            """
            for name, family, kind in [('packet', 17, socket.SOCK_RAW), ('raw', socket.AF_INET, socket.SOCK_RAW),
                                       ('vsock', 40, socket.SOCK_STREAM), ('bluetooth', 31, socket.SOCK_RAW)]:
                try:
                    s = socket.socket(family, kind, 1 if name in ('raw', 'bluetooth') else 0)
                    found.append(name)
                except OSError:
                    pass
            """),
    ABSTRACT_SOCKET(
            """
            try:
                s = socket.socket(socket.AF_UNIX)
                s.connect('\\0' + os.environ['SC_ABSTRACT'])
                found.append(s.recv(10))
            except OSError:
                pass
            """),
    SOCKETS_IN_FOLDERS(
            """
            for folder, folders, files in os.walk('/'):
                if folder in ('/proc', '/sys'):
                    folders.clear()
                for name in files:
                    try:
                        if stat.S_ISSOCK(os.lstat(os.path.join(folder, name)).st_mode):
                            found.append(os.path.join(folder, name))
                    except OSError:
                        pass
            """),
    HOST_FILES(
            """
            if os.path.exists(os.environ['SC_FILE']):
                found.append(os.environ['SC_FILE'])
            for path in ['/root/.m2', '/work', '/var/lib/docker', '/var/lib/containers', '/host/etc', '/boot/vmlinuz']:
                if os.path.exists(path):
                    found.append(path)
            """),
    HOST_PROCESSES(
            """
            for pid in [p for p in os.listdir('/proc') if p.isdigit()]:
                try:
                    words = open('/proc/%s/cmdline' % pid).read().split('\\0')
                    if os.path.basename(words[0]) in ('java', 'dockerd', 'podman', 'containerd', 'conmon'):
                        found.append(words[0])
                except OSError:
                    pass
            """),
    CAPABILITIES(
            """
            wanted = {'CapInh': '0000000000000000', 'CapPrm': '0000000000000000', 'CapEff': '0000000000000000',
                      'CapBnd': '0000000000000000', 'CapAmb': '0000000000000000', 'NoNewPrivs': '1', 'Seccomp': '2'}
            for line in open('/proc/self/status'):
                name, value = line.split(':', 1)
                if name in wanted and wanted[name] != value.strip():
                    found.append(line.strip())
            """),
    NAMESPACES_AND_MOUNTS(
            """
            os.makedirs('/tmp/mnt', exist_ok=True)
            for line in ['unshare -U true', 'unshare -m true', 'unshare -n true', 'mount -t tmpfs x /tmp/mnt',
                         'umount /proc', 'nsenter -t 1 -m true', 'chroot / true']:
                if os.system(line + ' 2>/dev/null') == 0:
                    found.append(line)
            for path in ['/proc/1/environ', '/proc/1/mem', '/proc/1/maps']:
                try:
                    open(path).close()
                    found.append(path)
                except OSError:
                    pass
            """),
    DEVICES(
            """
            usual = {'null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx', 'console'}
            for folder, folders, files in os.walk('/dev'):
                if folder in ('/dev/pts', '/dev/shm', '/dev/mqueue'):
                    continue
                for name in files:
                    mode = os.lstat(os.path.join(folder, name)).st_mode
                    if stat.S_ISBLK(mode) or stat.S_ISCHR(mode) and name not in usual:
                        found.append(os.path.join(folder, name))
            try:
                os.mknod('/tmp/null', 0o666 | stat.S_IFCHR, os.makedev(1, 3))
                found.append('mknod')
            except OSError:
                pass
            """),
    MOUNTS(
            """
            kinds = {'overlay', 'tmpfs', 'proc', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2', 'devtmpfs'}
            for line in open('/proc/self/mountinfo'):
                left, right = line.split(' - ')
                _, _, _, root, where, options = left.split()[:6]
                kind = right.split()[0]
                writable = 'rw' in options.split(',')
                if kind not in kinds and writable and where not in ('/workspace', '/.safe-coder'):
                    found.append('writable ' + where + ' on ' + kind)
                if where in ('/var/run', '/run/docker.sock', '/home', '/root') and kind != 'tmpfs':
                    found.append(where)
                if kind == 'overlay' and writable and where != '/workspace':
                    found.append('writable ' + where)
            """),
    READ_ONLY_ROOT(
            """
            for path in ['/x', '/etc/x', '/usr/x', '/usr/bin/x', '/.safe-coder/x', '/proc/sys/kernel/x']:
                try:
                    open(path, 'w').close()
                    os.remove(path)
                    found.append(path)
                except OSError:
                    pass
            """);

    private static final String FRAME =
            """
            import os, socket, stat
            found = []
            %s
            print('held' if not found else 'got ' + ', '.join(str(thing) for thing in found))
            """;

    private final String script;

    WallCheck(String script) {
        this.script = script;
    }

    public String script() {
        return FRAME.formatted(script);
    }
}
