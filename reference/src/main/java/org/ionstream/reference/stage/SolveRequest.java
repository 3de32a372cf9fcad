package org.ionstream.reference.stage;

import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.protocol.Stimulus;

public record SolveRequest(Stimulus stimulus, AuditReason reason, boolean answerWanted, long publishedAtMs) {}
