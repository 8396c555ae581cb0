package io.millrace.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.Decimal;
import org.apache.fluss.row.GenericArray;
import org.apache.fluss.row.GenericMap;
import org.apache.fluss.row.GenericRow;
import org.apache.fluss.types.DataField;
import org.apache.fluss.types.DataType;
import org.apache.fluss.types.DataTypes;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final DataType PARCEL =
            DataTypes.ROW(new DataField("place", DataTypes.STRING()), new DataField("weight", DataTypes.DECIMAL(8, 3)));

    private static final GenericRow AT_HOME =
            GenericRow.of(BinaryString.fromString("home"), Decimal.fromBigDecimal(new BigDecimal("2.500"), 8, 3));

    @Test
    void rowInARowIsAMapOfItsColumns() {
        assertThat(Values.java(PARCEL, AT_HOME)).isEqualTo(Map.of("place", "home", "weight", new BigDecimal("2.500")));
        assertThat(Values.java(DataTypes.ARRAY(PARCEL), new GenericArray(new Object[] {AT_HOME, null})))
                .isEqualTo(Arrays.asList(Map.of("place", "home", "weight", new BigDecimal("2.500")), null));
    }

    @Test
    void mapHasItsKeysAsText() {
        DataType counts = DataTypes.MAP(DataTypes.INT(), DataTypes.ARRAY(DataTypes.BIGINT()));
        assertThat(Values.java(counts, GenericMap.of(7, new GenericArray(new Object[] {1L, 2L}))))
                .isEqualTo(Map.of("7", List.of(1L, 2L)));
    }
}
