package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the program and its build are made of is named by exact versions: two builds take the same. */
class PinnedTest {

    @Test
    void everyVersionIsExact() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        List<String> versions = new ArrayList<>();
        NodeList all = pom.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            String name = all.item(i).getNodeName();
            if (name.equals("version") || name.endsWith(".version")) {
                versions.add(all.item(i).getTextContent().strip());
            }
        }
        assertThat(versions)
                .hasSizeGreaterThan(20)
                .allMatch(version -> version.startsWith("${") || version.matches("\\d[\\w.-]*"));
        assertThat(versions).noneMatch(version -> version.matches("(?i).*(latest|release|[\\[(,]).*"));
    }

    @Test
    void everyPluginHasItsVersion() throws Exception {
        NodeList plugins = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getElementsByTagName("plugin");
        Set<String> used = new HashSet<>();
        Set<String> pinned = new HashSet<>();
        for (int i = 0; i < plugins.getLength(); i++) {
            Element plugin = (Element) plugins.item(i);
            String name = plugin.getElementsByTagName("artifactId").item(0).getTextContent();
            used.add(name);
            if (plugin.getElementsByTagName("version").getLength() > 0) {
                pinned.add(name);
            }
        }
        assertThat(pinned).isNotEmpty().isEqualTo(used);
    }
}
