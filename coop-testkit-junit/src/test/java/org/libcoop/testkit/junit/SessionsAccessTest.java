package org.libcoop.testkit.junit;

/** The Java sessions keep the access table. */
class SessionsAccessTest extends AccessContract {
    @Override
    protected AccessDoor open() {
        return new SessionsDoor();
    }
}
