package org.libcoop.chat;

/** How many files were shared in a chat, and their bytes together: what its quotas count (U1). <em>Immutable.</em> */
public record Uploads(int files, long bytes) {

    /** None yet. */
    public static final Uploads NONE = new Uploads(0, 0);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public Uploads {
        if (files < 0 || bytes < 0) {
            throw new IllegalArgumentException("there are no fewer than no files: " + files + ", " + bytes + " bytes");
        }
    }

    /** With one file of so many bytes more. */
    public Uploads plus(long size) {
        return new Uploads(files + 1, bytes + size);
    }
}
