using OneTimeShare.Vectors;

// dotnet run --project testkit/generator: rewrites every vector in testkit/vectors, or in the folder given.
string folder = args is [var given] ? given : VectorFolder.Find();
foreach (string old in Directory.EnumerateFiles(folder, "*.vector"))
    File.Delete(old);
foreach (var vector in Catalogue.All())
    File.WriteAllText(Path.Combine(folder, vector.FileName), vector.ToText());
