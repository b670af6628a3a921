package dev.safecoder.apply;

class LinuxApplierTest extends ApplierContract {
    @Override
    HostFolder.Opener opener() {
        return LinuxFolder::open;
    }
}
