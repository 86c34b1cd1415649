using System.Numerics;
using CsCheck;

namespace OneTimeShare.Envelope.Tests;

public sealed class PaddingTests
{
    [Fact]
    public void Padding_is_what_its_definition_says() =>
        Gen.OneOf(Gen.Long[0, Padding.MaxLength], Gen.Long[0, 5000], NearPowersOfTwo)
            .Sample(length => Assert.Equal((long)Naive(length), Padding.PaddedLength(length)), iter: 20_000);

    [Fact]
    public void A_length_is_padded_where_padding_leaves_it_as_it_is() =>
        Gen.OneOf(Gen.Long[-10, 5000], Gen.Long[0, Padding.MaxLength], NearPowersOfTwo, Gen.Long)
            .Sample(length =>
            {
                bool padded = length >= 256 && length <= Padding.MaxLength && Naive(length) == length;
                Assert.Equal(padded, Padding.IsPaddedLength(length));
            });

    [Theory]
    [InlineData(0, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 272)]
    [InlineData(64_000, 65_536)]
    [InlineData(65_536, 65_536)]
    [InlineData(65_537, 67_584)]
    [InlineData(1L << 48, 1L << 48)]
    [InlineData((1L << 48) - 1, 1L << 48)]
    public void Known_lengths_are_padded_as_the_format_page_shows(long length, long padded) =>
        Assert.Equal(padded, Padding.PaddedLength(length));

    [Theory]
    [InlineData(-1)]
    [InlineData((1L << 48) + 1)]
    public void No_secret_has_such_a_length(long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Padding.PaddedLength(length));

    [Fact]
    public void More_than_256_bytes_grow_by_a_sixteenth_at_most() =>
        Gen.OneOf(Gen.Long[257, Padding.MaxLength], Gen.Long[257, 5000])
            .Sample(length => (Padding.PaddedLength(length) - length) * 16 < length);

    [Fact]
    public void A_records_length_is_one_exactly_where_some_content_makes_it() =>
        Gen.OneOf(Gen.Long[0, Padding.MaxLength], Gen.Long[0, 200_000], NearPowersOfTwo)
            .Sample(length =>
            {
                long made = Records.SealedLengthOf(length);
                Assert.True(Records.IsSealedLength(made));
                Assert.Equal(MakesRecords(made - 1), Records.IsSealedLength(made - 1));
                Assert.Equal(MakesRecords(made + 1), Records.IsSealedLength(made + 1));
            });

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(271)]
    [InlineData(272 + 272)]
    [InlineData(Records.SealedLength + 16)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void No_content_makes_records_of_such_a_length(long length) => Assert.False(Records.IsSealedLength(length));

    private static Gen<long> NearPowersOfTwo =>
        Gen.Select(Gen.Int[0, 47], Gen.Long[-40, 40], (e, d) => Math.Max(0, (1L << e) + d));

    private static BigInteger Naive(long length)
    {
        if (length <= 256)
            return 256;
        int exponent = FloorLog2(length);
        int significant = FloorLog2(exponent) + 1;
        var step = BigInteger.Pow(2, exponent - significant);
        var padded = step;
        padded *= (length + step - 1) / step;
        return padded;
    }

    private static int FloorLog2(BigInteger value)
    {
        int log = 0;
        while (BigInteger.Pow(2, log + 1) <= value)
            log++;
        return log;
    }

    // By search over the few counts of records that could have this length, rather than by a formula.
    private static bool MakesRecords(long length)
    {
        long about = length / Records.SealedLength;
        for (long count = Math.Max(1, about - 2); count <= about + 2; count++)
        {
            long padded = length - count * Records.TagLength;
            if (padded >= 256 && padded <= Padding.MaxLength && Naive(padded) == padded
                && (padded + 65_535) / 65_536 == count)
                return true;
        }
        return false;
    }
}
