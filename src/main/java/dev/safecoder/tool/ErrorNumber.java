package dev.safecoder.tool;

/** The Linux error numbers that tools meet, as clauses for a model. */
final class ErrorNumber {
    static final int NO_ENTRY = 2;
    static final int ARGUMENTS_TOO_LONG = 7;
    static final int NO_FOLDER = 20;
    static final int IS_FOLDER = 21;

    private ErrorNumber() {}

    static String say(int number) {
        return switch (number) {
            case 1 -> "the operation is not permitted";
            case NO_ENTRY -> "no such file or folder";
            case 5 -> "input or output went wrong";
            case 6 -> "nothing is at the other end of it";
            case ARGUMENTS_TOO_LONG -> "the arguments are too long";
            case 8 -> "it is not a program";
            case 11 -> "the limit of processes is reached";
            case 12 -> "there is no memory left";
            case 13 -> "permission denied";
            case 16 -> "it is in use";
            case 17 -> "it exists already";
            case NO_FOLDER -> "a part of the path is not a folder";
            case IS_FOLDER -> "it is a folder";
            case 22 -> "it is not a regular file, or the path is not valid";
            case 24 -> "too many files are open";
            case 26 -> "the program is being written";
            case 27 -> "the file is too large";
            case 28 -> "no space is left";
            case 30 -> "the file system is read-only";
            case 36 -> "the name is too long";
            case 40 -> "too many symbolic links";
            case 122 -> "the disk quota is reached";
            default -> "Linux error " + number;
        };
    }
}
