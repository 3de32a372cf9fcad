package org.ionstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendingScheduleTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = Long.MAX_VALUE - SECOND;

    @Test
    void shouldSpaceProtocolsEvenly() {
        var schedule = new SendingSchedule(4, START);

        schedule.sent(START);

        assertThat(schedule.nanosUntilNext(START)).isEqualTo(SECOND / 4);
        assertThat(schedule.nanosUntilNext(START + SECOND / 4)).isZero();
    }

    @Test
    void shouldMakeUpForAShortDelay() {
        var schedule = new SendingSchedule(4, START);

        schedule.sent(START + SECOND / 8);

        assertThat(schedule.nanosUntilNext(START + SECOND / 8)).isEqualTo(SECOND / 8);
    }

    @Test
    void shouldNotSendABurstAfterALongDelay() {
        var schedule = new SendingSchedule(10, 0);
        long late = 60 * SECOND;

        int atOnce = 0;
        while (schedule.nanosUntilNext(late) == 0) {
            schedule.sent(late);
            atOnce++;
        }

        assertThat(atOnce).isBetween(10, 11);
    }

    @Test
    void shouldNeverWaitAtRateZero() {
        var schedule = new SendingSchedule(0, START);

        schedule.sent(START);

        assertThat(schedule.nanosUntilNext(START)).isZero();
    }
}
