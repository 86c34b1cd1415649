namespace OneTimeShare.Vectors;

/// <summary>Where the committed vectors are: testkit/vectors beside the solution that this was built from.</summary>
internal static class VectorFolder
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OneTimeShare.slnx")))
                return Path.Combine(folder.FullName, "testkit", "vectors");
        }
        throw new DirectoryNotFoundException($"No OneTimeShare.slnx above {AppContext.BaseDirectory}.");
    }
}
