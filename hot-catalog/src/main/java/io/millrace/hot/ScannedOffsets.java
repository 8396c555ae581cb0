package io.millrace.hot;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.apache.fluss.client.table.scanner.log.LogScanner;
import org.apache.fluss.metadata.TableBucket;

/**
 * How far a scanner has come. Its records do not tell: a delete of a row that was not there takes an offset and is no
 * record, and who waits for that offset would wait for ever. So it is read from where Fluss's scanner keeps it.
 */
final class ScannedOffsets {
    private final Object status;
    private final Method offset;

    ScannedOffsets(LogScanner scanner) {
        try {
            Field field = scanner.getClass().getDeclaredField("logScannerStatus");
            field.setAccessible(true);
            status = field.get(scanner);
            offset = status.getClass().getDeclaredMethod("getBucketOffset", TableBucket.class);
            offset.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of Fluss keeps a scanner's offsets elsewhere", e);
        }
    }

    /** Where the bucket goes on, which the scanner must be subscribed to. */
    long of(TableBucket bucket) {
        try {
            return (Long) offset.invoke(status, bucket);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the offset of " + bucket + " cannot be read", e);
        }
    }
}
