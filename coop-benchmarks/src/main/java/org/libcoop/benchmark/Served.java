package org.libcoop.benchmark;

/** What runs in the server's process, and what it can be asked to do. <em>One thread at a time.</em> */
interface Served {

    /** Starts; the port that clients connect to, 0 where there is none. */
    int start() throws Exception;

    /**
     * Does what is asked, and returns when it is done.
     *
     * @throws IllegalArgumentException if that is not for this one
     */
    String answer(String question, int number) throws Exception;
}
