package io.mlcicd.drift;

import io.mlcicd.data.DataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the two data sets that are compared. */
public sealed interface DriftSide {

    /** The data sets that must be opened to compare this side. */
    List<DataSource> sources();

    /**
     * The data themselves.
     *
     * @param source the data set
     * @param window which of its rows; empty for all
     */
    record Raw(DataSource source, Optional<TimeWindow> window) implements DriftSide {

        /** All rows. */
        public Raw(DataSource source) {
            this(source, Optional.empty());
        }

        @Override
        public List<DataSource> sources() {
            return Stream.concat(Stream.of(source), relative().stream().flatMap(other -> other.sources().stream()))
                    .toList();
        }

        /** The data that this side's window is told by. */
        private Optional<Raw> relative() {
            return window.map(TimeWindow::span).flatMap(span -> {
                if (span instanceof TimeWindow.SameWeekday weekday) {
                    return Optional.of(weekday.current());
                }
                return span instanceof TimeWindow.Last last && last.end() instanceof TimeWindow.BeforeCurrent before
                        ? Optional.of(before.current())
                        : Optional.empty();
            });
        }
    }

    /**
     * A stored profile that stands in for the data, so that they need not be read again.
     *
     * @param path the profile's JSON file
     * @param shown the path as the user wrote it
     */
    record Profile(Path path, String shown) implements DriftSide {

        @Override
        public List<DataSource> sources() {
            return List.of();
        }
    }

    /**
     * The profiles of several data sets, such as those accepted last, which stand in for all their rows together.
     *
     * @param profiles the profiles, newest first; at least one
     * @param most how many of them count, from the newest on; 1 or more
     * @param current the current data: a profile of these very data is no reference for them and does not count
     */
    record Profiles(List<StoredProfile> profiles, int most, Optional<DataSource> current) implements DriftSide {

        public Profiles {
            profiles = List.copyOf(profiles);
        }

        /** All these profiles. */
        public Profiles(List<StoredProfile> profiles) {
            this(profiles, Math.max(1, profiles.size()), Optional.empty());
        }

        @Override
        public List<DataSource> sources() {
            return current.stream().toList();
        }
    }
}
