package dev.safecoder.apply;

class LinuxFolderTest extends HostFolderContract {
    @Override
    HostFolder.Opener opener() {
        return LinuxFolder::open;
    }
}
