package dev.safecoder.apply;

class LinuxCrashMatrixTest extends CrashMatrix {
    @Override
    HostFolder.Opener opener() {
        return LinuxFolder::open;
    }
}
