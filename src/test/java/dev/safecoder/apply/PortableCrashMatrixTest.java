package dev.safecoder.apply;

class PortableCrashMatrixTest extends CrashMatrix {
    @Override
    HostFolder.Opener opener() {
        return PortableFolder::open;
    }
}
