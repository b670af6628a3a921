package dev.safecoder.apply;

class PortableFolderTest extends HostFolderContract {
    @Override
    HostFolder.Opener opener() {
        return PortableFolder::open;
    }
}
