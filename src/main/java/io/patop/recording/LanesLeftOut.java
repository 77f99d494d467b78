package io.patop.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.patop.watch.lanes.Lanes;
import java.io.IOException;

/**
 * Leaves the lanes out of a dashboard's JSON, since they hold a whole day. Those of a recording begin where it begins.
 */
final class LanesLeftOut extends SimpleModule {

    private static final long serialVersionUID = 1L;

    LanesLeftOut() {
        addSerializer(new Nothing());
        addDeserializer(Lanes.class, new None());
    }

    private static final class Nothing extends StdSerializer<Lanes> {
        private static final long serialVersionUID = 1L;

        Nothing() {
            super(Lanes.class);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Lanes lanes) {
            return true;
        }

        @Override
        public void serialize(Lanes lanes, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNull();
        }
    }

    private static final class None extends StdDeserializer<Lanes> {
        private static final long serialVersionUID = 1L;

        None() {
            super(Lanes.class);
        }

        @Override
        public Lanes deserialize(JsonParser json, DeserializationContext context) throws IOException {
            json.skipChildren();
            return Lanes.EMPTY;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Lanes.EMPTY;
        }

        @Override
        public Lanes getNullValue(DeserializationContext context) {
            return Lanes.EMPTY;
        }
    }
}
