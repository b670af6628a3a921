package dev.safecoder.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A model asks for a tool; the input is whatever it sent, checked by the tool alone. Input that is
 * no JSON is here as a text.
 */
public record ToolRequest(String id, String name, JsonNode input) {}
