package dev.safecoder.model.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The models that were known on a day, from {@code models.json} beside this class. */
public final class ModelCatalog {
    private static final String RESOURCE = "models.json";

    private final Map<String, ModelFacts> models;

    private ModelCatalog(Map<String, ModelFacts> models) {
        this.models = models;
    }

    /** What this version brings. */
    public static ModelCatalog ofThisVersion() {
        try (var in = ModelCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the program");
            }
            return new ModelCatalog(new CatalogReading(RESOURCE).models(in.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * The same with what a file of the user's says, which need not be there: an entry stands for
     * ours of its name as a whole.
     *
     * @throws CatalogException when the file cannot be read or is not of the form of ours
     */
    public ModelCatalog with(Path file) {
        try {
            var all = new HashMap<>(models);
            all.putAll(new CatalogReading(file.toString()).models(Files.readAllBytes(file)));
            return new ModelCatalog(all);
        } catch (NoSuchFileException nothingOfTheUsers) {
            return this;
        } catch (IOException cause) {
            throw CatalogException.unreadable(file, cause);
        }
    }

    /** What is known of the model; a dated name such as {@code NAME-20260922} is that of NAME. */
    public Optional<ModelFacts> find(String model) {
        return Optional.ofNullable(models.get(model))
                .or(
                        () ->
                                Optional.ofNullable(
                                        models.get(
                                                model.replaceFirst(
                                                        "-\\d{4}-?\\d{2}-?\\d{2}$", ""))));
    }
}
