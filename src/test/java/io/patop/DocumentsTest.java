package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README stays short and leads to every page of dist/docs; what the pages link to is there. */
class DocumentsTest {

    private static final int MOST_LINES_OF_README = 250;
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    static Stream<Path> documents() throws IOException {
        return Stream.concat(Documents.all().stream(), Stream.of(Path.of(".github/CONTRIBUTING.md")));
    }

    @Test
    void readmeIsShort() throws IOException {
        assertThat(Files.readAllLines(Documents.README)).hasSizeLessThanOrEqualTo(MOST_LINES_OF_README);
    }

    @Test
    void readmeLeadsToEveryPage() throws IOException {
        assertThat(links(Documents.README))
                .containsAll(Documents.details().stream().map(Path::normalize).toList());
    }

    /** Relative to the page, as GitHub and a checkout follow them. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFile(Path document) throws IOException {
        assertThat(links(document)).allSatisfy(target -> assertThat(target).isRegularFile());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyBlockOfCodeEnds(Path document) throws IOException {
        long fences = Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("```"))
                .count();
        assertThat(fences).isEven();
    }

    private static List<Path> links(Path document) throws IOException {
        Path folder = document.toAbsolutePath().getParent();
        Path root = Path.of("").toAbsolutePath();
        return LINK.matcher(Files.readString(document))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> root.relativize(folder.resolve(target).normalize()))
                .toList();
    }
}
