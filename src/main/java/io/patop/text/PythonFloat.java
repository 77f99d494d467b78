package io.patop.text;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Formats fractions like Python's {@code repr}, as Patroni's JSON and patronictl's output have them: with the fewest
 * digits that read back as the same number, and an exponent only below 1e-4 and from 1e16 on.
 */
public final class PythonFloat {

    private static final int MOST_DIGITS = 17;
    private static final int FIRST_EXPONENT = 16;
    private static final int LAST_NEGATIVE = -4;

    private PythonFloat() {}

    /** The text of a finite number. */
    public static String repr(double number) {
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(number);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= LAST_NEGATIVE && exponent < FIRST_EXPONENT) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS)).stripTrailingZeros();
    }
}
