namespace OneTimeShare.Server.Stores;

/// <summary>
/// How many zeros stand before the values of a row that holds a part of somebody's secret, so that none of them is in
/// the table's tree. SQLite moves what is there from page to page as rows come and go, and leaves copies of it in the
/// gaps of pages, where <c>secure_delete</c> does not overwrite them. A row of just this length has its first 489 bytes
/// in the tree, all of them zeros and lengths; the rest fills whole pages that are its own, are never moved, and are
/// overwritten when the row goes. Source: "Cell Payload Overflow Pages" in https://www.sqlite.org/fileformat2.html.
/// </summary>
internal static class SqlitePadding
{
    /// <summary>Bytes in a page of the file.</summary>
    public const int PageSize = 4096;

    // The format's M, for a table: what stays in the tree where what is behind it fills its pages.
    private const int InTree = (PageSize - 12) * 32 / 255 - 23;

    // The other four are the number of the row's next page.
    private const int InPage = PageSize - 4;

    /// <summary>For a row of an INTEGER PRIMARY KEY, this padding, and two values, in this order.</summary>
    /// <param name="first">The length of the first value, 0 or more.</param>
    /// <param name="second">The length of the second, 0 or more; null where it is NULL.</param>
    /// <returns>Between 470 and 4,580, so that its type takes two bytes.</returns>
    public static int For(int first, int? second)
    {
        int content = first + (second ?? 0);
        int pages = (content + InPage - 1) / InPage;
        // Of the header itself, of the key, which is not in there, of the padding, and of both.
        int header = 1 + 1 + 2 + TypeLength(first) + (second is { } length ? TypeLength(length) : 1);
        return InTree + pages * InPage - content - header;
    }

    /// <summary>The type of a BLOB is 12 and twice its length, by seven bits in a byte.</summary>
    private static int TypeLength(int length)
    {
        int bytes = 1;
        for (long type = 12 + 2L * length; type >= 128; type >>= 7)
            bytes++;
        return bytes;
    }
}
