package io.millrace.launcher;

/** Something the user can put right: the message is all they see. */
public class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }
}
