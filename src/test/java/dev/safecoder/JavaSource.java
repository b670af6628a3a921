package dev.safecoder;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One parsed Java file: its name as findings show it, its lines and its tree. */
record JavaSource(String name, List<String> lines, CompilationUnitTree tree, Trees trees) {

    /** All files together: a compiler made for each takes most of the time. */
    static List<JavaSource> read(List<Path> files) throws IOException {
        var texts = new ArrayList<Text>();
        for (var file : files) {
            texts.add(new Text(file.toString().replace('\\', '/'), Files.readString(file)));
        }
        return parse(texts);
    }

    static JavaSource parse(String name, String text) throws IOException {
        return parse(List.of(new Text(name, text))).getFirst();
    }

    private static List<JavaSource> parse(List<Text> texts) throws IOException {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        var task = (JavacTask) compiler.getTask(null, null, null, null, null, texts);
        var positions = Trees.instance(task);
        var sources = new ArrayList<JavaSource>();
        var trees = task.parse().iterator(); // in the order of the texts
        for (var text : texts) {
            var lines = text.text.lines().toList();
            sources.add(new JavaSource(text.name, lines, trees.next(), positions));
        }
        return List.copyOf(sources);
    }

    /** The package's full name. */
    String packageName() {
        return String.valueOf(tree.getPackageName());
    }

    /** Whether the package is this one of ours or lies below it. */
    boolean isIn(String shortPackage) {
        return (packageName() + ".").startsWith(Floors.ROOT + shortPackage + ".");
    }

    String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    int firstLine(Tree part) {
        return line(trees.getSourcePositions().getStartPosition(tree, part));
    }

    int lastLine(Tree part) {
        return line(trees.getSourcePositions().getEndPosition(tree, part));
    }

    /** The source line that the part begins on. */
    String textAt(Tree part) {
        return lines.get(firstLine(part) - 1);
    }

    private int line(long position) {
        return position < 0 ? 1 : (int) tree.getLineMap().getLineNumber(position);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String name;
        private final String text;

        Text(String name, String text) {
            super(URI.create("memory:///" + name.replace(' ', '_')), Kind.SOURCE);
            this.name = name;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
