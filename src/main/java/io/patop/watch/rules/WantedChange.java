package io.patop.watch.rules;

import io.patop.watch.model.PatroniCommand;
import java.util.Optional;

/** Whether a command to Patroni is for another to lead, and which of the rules for that bind it. */
final class WantedChange implements PatroniCommand.Cases<Optional<Succession.Change>> {

    @Override
    public Optional<Succession.Change> restart(PatroniCommand.Restart order) {
        return Optional.empty();
    }

    @Override
    public Optional<Succession.Change> cancelRestart(PatroniCommand.CancelRestart order) {
        return Optional.empty();
    }

    @Override
    public Optional<Succession.Change> reload(PatroniCommand.Reload order) {
        return Optional.empty();
    }

    @Override
    public Optional<Succession.Change> reinitialize(PatroniCommand.Reinitialize order) {
        return Optional.empty();
    }

    @Override
    public Optional<Succession.Change> switchover(PatroniCommand.Switchover order) {
        return Optional.of(Succession.Change.SWITCHOVER);
    }

    @Override
    public Optional<Succession.Change> failover(PatroniCommand.Failover order) {
        return Optional.of(Succession.Change.FAILOVER);
    }

    @Override
    public Optional<Succession.Change> cancelSwitchover(PatroniCommand.CancelSwitchover order) {
        return Optional.empty();
    }

    @Override
    public Optional<Succession.Change> maintenance(PatroniCommand.Maintenance order) {
        return Optional.empty();
    }

    @Override
    public Optional<Succession.Change> changeConfig(PatroniCommand.ChangeConfig order) {
        return Optional.empty();
    }

    @Override
    public Optional<Succession.Change> rollingRestart(PatroniCommand.RollingRestart order) {
        return Optional.empty();
    }
}
