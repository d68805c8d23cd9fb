package io.mlcicd.packaging.pickle;

import java.util.List;

/** What stands on the stack of a pickle's machine, as far as it can be known without calling anything. */
sealed interface Value {

    /** Something that only calling would tell, or that does not matter. */
    record Unknown() implements Value {}

    Value UNKNOWN = new Unknown();

    /** Where a call's arguments begin. */
    record Mark() implements Value {}

    Value MARK = new Mark();

    /** A text. */
    record Text(String value) implements Value {}

    /** A whole number. */
    record Whole(long value) implements Value {}

    /** A truth value. */
    record Truth(boolean value) implements Value {}

    /** A tuple. */
    record Tuple(List<Value> items) implements Value {}

    /** A module's member. */
    record Global(String module, String name) implements Value {}

    /** What a call of that member with those arguments gives. */
    record Called(Global member, Value arguments) implements Value {}
}
