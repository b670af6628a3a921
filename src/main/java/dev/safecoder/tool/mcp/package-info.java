/**
 * Tools of MCP servers: starts the servers that the user named, asks them over their standard input
 * and output, and trusts nothing that they say. Knows no configuration and no screen.
 */
@NullMarked
package dev.safecoder.tool.mcp;

import org.jspecify.annotations.NullMarked;
