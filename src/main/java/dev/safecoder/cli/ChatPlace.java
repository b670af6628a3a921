package dev.safecoder.cli;

import dev.safecoder.tui.ChatScreen;

/**
 * Where a chat takes place.
 *
 * @param talk the program, speaking and asking at the screen
 */
record ChatPlace(Program talk, ChatScreen screen, Interruption interruption) {}
