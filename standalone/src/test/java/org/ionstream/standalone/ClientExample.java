package org.ionstream.standalone;

import java.util.List;
import org.ionstream.producer.client.IonstreamClient;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.Traces;

/** The Java client of producer/PROTOCOLS.md, between the two marks. */
final class ClientExample {
    private ClientExample() {}

    static float[] potential(IonstreamClient.Settings settings) throws Exception {
        // guide begins
        try (IonstreamClient client = new IonstreamClient(settings)) {
            client.onPrediction(any -> System.out.println(any.getId()));
            StimulusProtocol protocol = StimulusProtocol.newBuilder()
                    .setId("my-1")
                    .setCellModel("hodgkin-huxley-1952")
                    .setPulses(List.of(new Pulse(5.0, 1.0, 20.0)))
                    .setHorizonMs(100)
                    .setOutputStepMs(0.3125)
                    .build();
            Prediction prediction = client.ask(protocol).get();
            return Traces.of(prediction.getTrajectory()).of("V");
        }
        // guide ends
    }
}
