package dev.safecoder.apply;

class PortableApplierTest extends ApplierContract {
    @Override
    HostFolder.Opener opener() {
        return PortableFolder::open;
    }
}
