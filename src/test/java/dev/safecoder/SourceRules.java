package dev.safecoder;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The rules of CONTRIBUTING.md that one Java file alone can break; findings name file and line. */
final class SourceRules extends TreeScanner<Void, Void> {
    static final int MAX_FILE_LINES = 400;
    static final int MAX_METHOD_LINES = 40;

    private static final Set<String> HOLLOW_WORDS =
            Set.of(
                    "Manager",
                    "Managers",
                    "Helper",
                    "Helpers",
                    "Util",
                    "Utils",
                    "Utility",
                    "Impl",
                    "Service",
                    "Services",
                    "Base",
                    "Abstract",
                    "Data");
    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])");
    private static final Set<String> CATCH_ALL =
            Set.of("Exception", "RuntimeException", "Throwable", "Error");
    private static final Set<String> BARE = Set.of("RuntimeException", "Exception", "Throwable");
    private static final Set<String> SURROUNDINGS =
            Set.of(
                    "System.getenv",
                    "System.currentTimeMillis",
                    "Instant.now",
                    "LocalDate.now",
                    "LocalDateTime.now",
                    "ZonedDateTime.now",
                    "Clock.systemUTC",
                    "Clock.systemDefaultZone",
                    "Math.random",
                    "UUID.randomUUID",
                    "ThreadLocalRandom.current");
    private static final Set<String> RANDOM = Set.of("Random", "SecureRandom", "SplittableRandom");
    private static final Set<String> MOCKS =
            Set.of("org.mockito", "org.easymock", "mockit", "org.powermock", "org.jmock");

    /** Where a rule's finding is; printed as {@code file:line: text}. */
    record Finding(String file, int line, String text) {
        @Override
        public String toString() {
            return "%s:%d: %s".formatted(file, line, text);
        }
    }

    /** Which half of the tree a file belongs to. */
    enum Part {
        PROGRAM,
        TESTS
    }

    private final JavaSource source;
    private final Part part;
    private final List<Finding> findings = new ArrayList<>();
    private final List<CatchTree> downcalls = new ArrayList<>();

    private SourceRules(JavaSource source, Part part) {
        this.source = source;
        this.part = part;
    }

    static List<Finding> check(JavaSource source, Part part) {
        var rules = new SourceRules(source, part);
        rules.checkLength();
        rules.scan(source.tree(), null);
        return rules.findings;
    }

    private void checkLength() {
        if (source.lines().size() > MAX_FILE_LINES) {
            findings.add(
                    new Finding(
                            source.name(),
                            source.lines().size(),
                            "the file is longer than %d lines: split it by concern"
                                    .formatted(MAX_FILE_LINES)));
        }
    }

    @Override
    public Void visitImport(ImportTree node, Void nothing) {
        var name = node.getQualifiedIdentifier().toString();
        if (name.endsWith(".*")) {
            find(node, "a star import: name each type");
        }
        if (MOCKS.stream().anyMatch(library -> name.startsWith(library + "."))) {
            find(node, "a mocking library: write a small Scripted… class");
        }
        return null; // the names in it are no uses
    }

    @Override
    public Void visitClass(ClassTree node, Void nothing) {
        WORD.matcher(node.getSimpleName())
                .results()
                .map(found -> found.group())
                .filter(HOLLOW_WORDS::contains)
                .forEach(word -> find(node, "'%s' in a type's name says nothing".formatted(word)));
        return super.visitClass(node, nothing);
    }

    @Override
    public Void visitMethod(MethodTree node, Void nothing) {
        int length = lines(node) - linesOfInnerClasses(node);
        if (part == Part.PROGRAM && length > MAX_METHOD_LINES) {
            find(
                    node,
                    "method '%s' has %d lines, at most %d are allowed"
                            .formatted(node.getName(), length, MAX_METHOD_LINES));
        }
        return super.visitMethod(node, nothing);
    }

    private int lines(Tree node) {
        return source.lastLine(node) - source.firstLine(node) + 1;
    }

    /** Anonymous and local classes have methods of their own that are measured on their own. */
    private int linesOfInnerClasses(MethodTree method) {
        var inner = new AtomicInteger();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree node, Void nothing) {
                inner.addAndGet(lines(node));
                return null;
            }
        }.scan(method.getBody(), null);
        return inner.get();
    }

    @Override
    public Void visitTry(TryTree node, Void nothing) {
        // a method handle declares Throwable, so its caller cannot name less
        if (node.getBlock().toString().contains(".invokeExact(")) {
            downcalls.addAll(node.getCatches());
        }
        return super.visitTry(node, nothing);
    }

    @Override
    public Void visitCatch(CatchTree node, Void nothing) {
        var types = List.of(node.getParameter().getType().toString().split("\\s*\\|\\s*"));
        if (part == Part.PROGRAM
                && types.stream().anyMatch(CATCH_ALL::contains)
                && !downcalls.contains(node)) {
            boolean root = source.isIn("cli") && source.fileName().equals("Main.java");
            if (!root && !source.textAt(node).contains("// thread root")) {
                find(
                        node,
                        "catches %s: name the exceptions (at a thread's root, say so in a"
                                        .formatted(String.join(" | ", types))
                                + " comment `// thread root: why` on this line)");
            }
        }
        if (types.contains("InterruptedException") && node.getBlock().getStatements().isEmpty()) {
            find(node, "swallows InterruptedException: declare it, or interrupt again");
        }
        return super.visitCatch(node, nothing);
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void nothing) {
        var type = node.getIdentifier().toString();
        if (part == Part.PROGRAM && BARE.contains(type)) {
            find(node, "a bare %s: name the failure".formatted(type));
        }
        if (part == Part.PROGRAM && RANDOM.contains(type)) {
            checkSurroundings(node, "new " + type);
        }
        return super.visitNewClass(node, nothing);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree node, Void nothing) {
        var name = lastTwo(node.toString());
        if (part == Part.PROGRAM && SURROUNDINGS.contains(name)) {
            checkSurroundings(node, name);
        }
        if (part == Part.PROGRAM
                && (name.equals("System.out") || name.equals("System.err"))
                && !source.isIn("cli")) {
            find(node, "%s: only cli prints".formatted(name));
        }
        return super.visitMemberSelect(node, nothing);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree node, Void nothing) {
        var name = lastTwo(node.toString().replace("::", "."));
        if (part == Part.PROGRAM && SURROUNDINGS.contains(name)) {
            checkSurroundings(node, name);
        }
        return super.visitMemberReference(node, nothing);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void nothing) {
        var called = node.getMethodSelect().toString();
        if (part == Part.PROGRAM && called.endsWith(".printStackTrace")) {
            find(node, "prints a stack trace: only cli prints");
        }
        if (part == Part.TESTS
                && (called.equals("Thread.sleep") || called.matches("TimeUnit\\.\\w+\\.sleep"))
                && !source.fileName().equals("Eventually.java")) {
            find(node, "sleeps: wait with Eventually.holds");
        }
        if (called.endsWith("getRuntime().exec")) {
            find(node, "starts a program by Runtime.exec: use process.Subprocess");
        }
        return super.visitMethodInvocation(node, nothing);
    }

    @Override
    public Void visitLiteral(LiteralTree node, Void nothing) {
        if ("user.home".equals(node.getValue()) && !source.fileName().startsWith("SourceRules")) {
            checkSurroundings(node, "user.home");
        }
        return super.visitLiteral(node, nothing);
    }

    private static String lastTwo(String dotted) {
        return dotted.replaceFirst("^.*\\.(?=\\w+\\.\\w+$)", "");
    }

    private void checkSurroundings(Tree node, String what) {
        boolean allowed = part == Part.PROGRAM && (source.isIn("app") || source.isIn("cli"));
        if (!allowed) {
            find(node, "%s: clock, home, environment and chance come in from app".formatted(what));
        }
    }

    private void find(Tree node, String text) {
        findings.add(new Finding(source.name(), source.firstLine(node), text));
    }
}
