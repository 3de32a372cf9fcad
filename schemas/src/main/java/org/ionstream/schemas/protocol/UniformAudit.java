package org.ionstream.schemas.protocol;
public final class UniformAudit {
    public static boolean covers(String id, double share) { return (id.hashCode() & 0xffff) / 65536.0 < share; }
}
