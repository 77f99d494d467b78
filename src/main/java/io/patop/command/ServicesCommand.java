package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.Output;
import io.patop.command.shell.Table;
import io.patop.command.shell.TableCell;
import io.patop.command.shell.TableFormat;
import io.patop.command.shell.Version;
import io.patop.docker.Container;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.text.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patop services}: lists what Docker runs, with running and desired tasks. */
@Command(
        name = "services",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print Docker's services and plain containers.")
final class ServicesCommand implements Callable<Integer> {

    private static final String FROZEN = "frozen";

    private static final List<Table.Column> COLUMNS = List.of(
            Table.Column.of("Name", Table.Alignment.LEFT),
            Table.Column.of("Kind", Table.Alignment.LEFT),
            Table.Column.of("Running", Table.Alignment.RIGHT),
            Table.Column.of("Desired", Table.Alignment.RIGHT),
            Table.Column.of("State", Table.Alignment.LEFT),
            Table.Column.of("Error", Table.Alignment.LEFT));

    @Mixin
    private Connection connection;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            completionCandidates = OptionValues.TableFormats.class,
            description = "pretty, tsv, json or yaml. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Override
    public Integer call() {
        TableFormat chosen = TableFormat.chosen(format);
        try (DockerClient docker = connection.docker()) {
            Answer<EngineView> answer = docker.view();
            EngineView view = answer.value()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.UNREACHABLE, answer.failure().orElseThrow().message()));
            view.withoutServices().ifPresent(why -> System.err.println("patop: " + Printable.line(why)));
            PrintStream out = Output.utf8();
            out.print(chosen.write(new Table(Optional.empty(), COLUMNS, rows(view))));
            boolean unused = out.checkError();
            return ExitCode.DONE;
        }
    }

    private static List<List<TableCell>> rows(EngineView view) {
        List<List<TableCell>> rows = new ArrayList<>();
        view.services().stream()
                .sorted(Comparator.comparing(Service::name))
                .forEach(service -> rows.add(row(view, service)));
        view.containers().stream()
                .filter(container -> container.taskId().isEmpty())
                .sorted(Comparator.comparing(Container::name))
                .forEach(container -> rows.add(List.of(
                        TableCell.text(container.name()),
                        TableCell.text("container"),
                        TableCell.EMPTY,
                        TableCell.EMPTY,
                        TableCell.text(container.isPaused() ? FROZEN : container.state()),
                        TableCell.EMPTY)));
        return rows;
    }

    /** Returns whether the task's container is frozen, which Swarm does not tell: it lists such a task as running. */
    private static boolean isFrozen(EngineView view, Task task) {
        return view.containers().stream()
                .anyMatch(container -> container.isPaused()
                        && container.taskId().filter(task.id()::equals).isPresent());
    }

    private static List<TableCell> row(EngineView view, Service service) {
        String state = view.tasksOf(service).stream()
                .filter(Task::isCurrent)
                .map(task -> isFrozen(view, task) ? FROZEN : task.state())
                .findFirst()
                .orElse("stopped");
        return List.of(
                TableCell.text(service.name()),
                TableCell.text("service"),
                service.running().map(TableCell::number).orElse(TableCell.EMPTY),
                service.desired().map(TableCell::number).orElse(TableCell.EMPTY),
                TableCell.text(state),
                TableCell.text(view.trouble(service).map(Task::error).orElse("")));
    }
}
