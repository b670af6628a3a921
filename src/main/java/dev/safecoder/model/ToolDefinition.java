package dev.safecoder.model;

import com.fasterxml.jackson.databind.JsonNode;

/** A tool as a model is told of it: name, what it does, and the JSON schema of its input. */
public record ToolDefinition(String name, String description, JsonNode inputSchema) {}
