package dev.safecoder.tui;

import dev.safecoder.text.TerminalEncoder;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Markdown as lines of a terminal. The text is made safe before it is read, and every visible
 * character of it is shown: of a link its address, of HTML its source.
 */
final class MarkdownLines extends AbstractVisitor {
    private static final AttributedStyle CODE = AttributedStyle.DEFAULT.foreground(6);
    private static final AttributedStyle QUIET = AttributedStyle.DEFAULT.faint();
    private static final int LEAST_ROOM = 10;

    private final int width;
    private final List<AttributedString> lines = new ArrayList<>();
    private AttributedStringBuilder text = new AttributedStringBuilder();
    private AttributedStyle style = AttributedStyle.DEFAULT;
    private String indent = "";
    private String mark = "";

    private MarkdownLines(int width) {
        this.width = width;
    }

    /** One or more blocks, wrapped to this many columns, an empty line after each. */
    static List<AttributedString> of(String markdown, int width) {
        var safe = TerminalEncoder.block(markdown.replace("\r\n", "\n"));
        var view = new MarkdownLines(width);
        Parser.builder().build().parse(safe).accept(view);
        return view.lines;
    }

    @Override
    public void visit(Paragraph paragraph) {
        visitChildren(paragraph);
        endParagraph();
        if (!(paragraph.getParent() instanceof ListItem)) {
            space();
        }
    }

    @Override
    public void visit(Heading heading) {
        style = AttributedStyle.DEFAULT.bold();
        visitChildren(heading);
        style = AttributedStyle.DEFAULT;
        endParagraph();
        space();
    }

    @Override
    public void visit(BulletList list) {
        items(list, -1);
    }

    @Override
    public void visit(OrderedList list) {
        var first = list.getMarkerStartNumber();
        items(list, first == null ? 1 : first);
    }

    private void items(Node list, int first) {
        int number = first;
        for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
            var bullet = number < 0 ? "• " : number++ + ". ";
            var outer = indent;
            mark = outer + bullet;
            indent = outer + " ".repeat(bullet.length());
            visitChildren(item);
            indent = outer;
            mark = "";
        }
        if (!(list.getParent() instanceof ListItem)) {
            space();
        }
    }

    @Override
    public void visit(BlockQuote quote) {
        var outer = indent;
        indent = outer + "▏ ";
        visitChildren(quote);
        indent = outer;
    }

    @Override
    public void visit(FencedCodeBlock code) {
        var language = code.getInfo() == null ? "" : code.getInfo().split("\\s", 2)[0];
        code(code.getLiteral(), language);
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        code(code.getLiteral(), "");
    }

    private void code(String literal, String language) {
        for (var line : literal.stripTrailing().split("\n", -1)) {
            var coloured =
                    CodeColours.of(TerminalEncoder.line(line.replace("\t", "    ")), language);
            lines.add(
                    new AttributedStringBuilder()
                            .append(indent + "  ")
                            .append(coloured)
                            .toAttributedString());
        }
        space();
    }

    @Override
    public void visit(ThematicBreak rule) {
        lines.add(new AttributedString("─".repeat(Math.min(width, 40)), QUIET));
        space();
    }

    @Override
    public void visit(HtmlBlock html) {
        append(html.getLiteral().strip().replace('\n', ' '), QUIET);
        endParagraph();
        space();
    }

    @Override
    public void visit(HtmlInline html) {
        append(html.getLiteral(), QUIET);
    }

    @Override
    public void visit(Text words) {
        append(words.getLiteral(), style);
    }

    @Override
    public void visit(Code code) {
        append(code.getLiteral(), CODE);
    }

    @Override
    public void visit(Emphasis emphasis) {
        var outer = style;
        style = outer.italic();
        visitChildren(emphasis);
        style = outer;
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        var outer = style;
        style = outer.bold();
        visitChildren(emphasis);
        style = outer;
    }

    @Override
    public void visit(Link link) {
        int before = text.length();
        visitChildren(link);
        address(link.getDestination(), text.subSequence(before, text.length()).toString());
    }

    @Override
    public void visit(Image image) {
        visitChildren(image);
        address(image.getDestination(), "");
    }

    private void address(String destination, String shown) {
        if (!shown.equals(destination)) {
            append(" (" + destination + ")", QUIET);
        }
    }

    /** Made safe once more: reading Markdown turns {@code &#27;} into what it stands for. */
    private void append(String literal, AttributedStyle how) {
        text.append(TerminalEncoder.line(literal), how);
    }

    @Override
    public void visit(SoftLineBreak end) {
        text.append(" ", style);
    }

    @Override
    public void visit(HardLineBreak end) {
        endParagraph();
    }

    /** Puts the collected text into lines, broken at blanks where there are some. */
    private void endParagraph() {
        var rest = text.toAttributedString();
        text = new AttributedStringBuilder();
        int room = Math.max(LEAST_ROOM, width - indent.length());
        while (rest.columnLength() > room) {
            int cut = cut(rest, room);
            line(rest.subSequence(0, cut));
            while (cut < rest.length() && rest.charAt(cut) == ' ') {
                cut++;
            }
            rest = rest.subSequence(cut, rest.length());
        }
        if (rest.length() > 0) {
            line(rest);
        }
    }

    private static int cut(AttributedString text, int room) {
        int most = Math.max(1, text.columnSubSequence(0, room).length());
        int blank = text.toString().lastIndexOf(' ', most);
        return blank > 0 ? blank : most;
    }

    private void line(AttributedString line) {
        lines.add(
                new AttributedStringBuilder()
                        .append(mark.isEmpty() ? indent : mark, QUIET)
                        .append(line)
                        .toAttributedString());
        mark = "";
    }

    private void space() {
        lines.add(AttributedString.EMPTY);
    }
}
