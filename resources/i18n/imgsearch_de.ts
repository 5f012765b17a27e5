<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActingPresenter</name>
    <message>
        <source>Copy the photos to a folder</source>
        <translation>Fotos in einen Ordner kopieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Paths, one per line (*.txt)</source>
        <translation>Pfade, einer je Zeile (*.txt)</translation>
    </message>
    <message>
        <source>Export the list of photos</source>
        <translation>Liste der Fotos exportieren</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>fotos</translation>
    </message>
</context>
<context>
    <name>Action</name>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Search with a picture…</source>
        <translation>Mit einem Bild suchen …</translation>
    </message>
    <message>
        <source>Search with the picture in the clipboard</source>
        <translation>Mit dem Bild der Zwischenablage suchen</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
        <source>Pause or go on indexing</source>
        <translation>Indizieren anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Nicht lesbare Dateien</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>Ähnliche Fotos suchen</translation>
    </message>
    <message>
        <source>Add to the search</source>
        <translation>Zur Suche hinzufügen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open with the default program</source>
        <translation>Mit dem Standardprogramm öffnen</translation>
    </message>
    <message>
        <source>Copy to a folder…</source>
        <translation>In einen Ordner kopieren …</translation>
    </message>
    <message>
        <source>Export the list of paths…</source>
        <translation>Liste der Pfade exportieren …</translation>
    </message>
    <message>
        <source>Correct the date…</source>
        <translation>Datum korrigieren …</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb verschieben</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Larger tiles</source>
        <translation>Größere Kacheln</translation>
    </message>
    <message>
        <source>Smaller tiles</source>
        <translation>Kleinere Kacheln</translation>
    </message>
    <message>
        <source>Fill the tiles</source>
        <translation>Kacheln füllen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Neu hinzugefügt</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>AnchorView</name>
    <message>
        <source>View {name}</source>
        <translation>{name} ansehen</translation>
    </message>
    <message>
        <source>this photo</source>
        <translation>dieses Foto</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Cut photos to squares in the grid</source>
        <translation>Fotos im Raster quadratisch zuschneiden</translation>
    </message>
    <message>
        <source>A new language shows after the next start.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
</context>
<context>
    <name>BrowserPresenter</name>
    <message numerus="yes">
        <source>Show %n weaker match(es)</source>
        <translation>
            <numerusform>%n schwächeren Treffer zeigen</numerusform>
            <numerusform>%n schwächere Treffer zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show weaker matches</source>
        <translation>Schwächere Treffer zeigen</translation>
    </message>
    <message>
        <source>Nothing in your photos fits these words well. Other words may do better.</source>
        <translation>Kein Foto passt gut zu diesen Worten. Andere Worte helfen vielleicht weiter.</translation>
    </message>
    <message>
        <source>No good match</source>
        <translation>Kein guter Treffer</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>Keine Fotos hier</translation>
    </message>
    <message>
        <source>None of your photos passes these filters.</source>
        <translation>Kein Foto entspricht diesen Filtern.</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message>
        <source>Photos appear here as soon as the first ones are indexed.</source>
        <translation>Fotos erscheinen hier, sobald die ersten indiziert sind.</translation>
    </message>
    <message>
        <source>Nothing new</source>
        <translation>Nichts Neues</translation>
    </message>
    <message>
        <source>No photo was added in the last 30 days.</source>
        <translation>In den letzten 30 Tagen kam kein Foto hinzu.</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>Every photo lies in one file only.</source>
        <translation>Jedes Foto liegt in nur einer Datei.</translation>
    </message>
    <message>
        <source>Nothing is away</source>
        <translation>Nichts ist getrennt</translation>
    </message>
    <message>
        <source>Every drive and folder of your library is connected.</source>
        <translation>Alle Laufwerke und Ordner der Bibliothek sind verbunden.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{total} found · {ms} ms</source>
        <translation>{total} gefunden · {ms} ms</translation>
    </message>
    <message>
        <source>{found} · searching {done} of {all}</source>
        <translation>{found} · {done} von {all} durchsucht</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove {part}</source>
        <translation>{part} entfernen</translation>
    </message>
</context>
<context>
    <name>CopiesChooser</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>This photo lies in several files. Which of them go to the trash?</source>
        <translation>Dieses Foto liegt in mehreren Dateien. Welche davon kommen in den Papierkorb?</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) lie in several files each. Which of them go to the trash?</source>
        <translation>
            <numerusform>%n Foto liegt in mehreren Dateien. Welche davon kommen in den Papierkorb?</numerusform>
            <numerusform>%n Fotos liegen in jeweils mehreren Dateien. Welche davon kommen in den Papierkorb?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n file(s) to the trash</source>
        <translation>
            <numerusform>%n Datei in den Papierkorb verschieben</numerusform>
            <numerusform>%n Dateien in den Papierkorb verschieben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopyingBar</name>
    <message>
        <source>Stop copying</source>
        <translation>Kopieren abbrechen</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Wird kopiert</translation>
    </message>
    <message>
        <source>Copying {done} of {total}</source>
        <translation>{done} von {total} kopiert</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Date and time of the photo</source>
        <translation>Datum und Uhrzeit des Fotos</translation>
    </message>
    <message>
        <source>The files stay as they are; only your library remembers this.</source>
        <translation>Die Dateien bleiben unverändert; nur die Bibliothek merkt sich das.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Let the file say it again</source>
        <translation>Wieder das Datum der Datei verwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Korrigieren</translation>
    </message>
    <message>
        <source>When was {name} taken?</source>
        <translation>Wann wurde {name} aufgenommen?</translation>
    </message>
    <message numerus="yes">
        <source>When were these %n photo(s) taken? All get the same date.</source>
        <translation>
            <numerusform>Wann wurde dieses %n Foto aufgenommen?</numerusform>
            <numerusform>Wann wurden diese %n Fotos aufgenommen? Alle erhalten dasselbe Datum.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteQuestion</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n file(s) for good</source>
        <translation>
            <numerusform>%n Datei endgültig löschen</numerusform>
            <numerusform>%n Dateien endgültig löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) lie on a drive without a trash and are still there. Deleting cannot be undone.</source>
        <translation>
            <numerusform>%n Datei liegt auf einem Laufwerk ohne Papierkorb und ist noch da. Löschen lässt sich nicht rückgängig machen.</numerusform>
            <numerusform>%n Dateien liegen auf einem Laufwerk ohne Papierkorb und sind noch da. Löschen lässt sich nicht rückgängig machen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsOverlay</name>
    <message>
        <source>Details of the photo</source>
        <translation>Details zum Foto</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Details of the photo</source>
        <translation>Details zum Foto</translation>
    </message>
    <message>
        <source>Select a photo to see what is known about it.</source>
        <translation>Ein Foto auswählen, um zu sehen, was darüber bekannt ist.</translation>
    </message>
    <message>
        <source>Copy all details</source>
        <translation>Alle Details kopieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Fewer details</source>
        <translation>Weniger Details</translation>
    </message>
    <message>
        <source>More details</source>
        <translation>Mehr Details</translation>
    </message>
    <message>
        <source>Correct the date</source>
        <translation>Datum korrigieren</translation>
    </message>
    <message numerus="yes">
        <source>IN %n FILE(S)</source>
        <translation>
            <numerusform>IN %n DATEI</numerusform>
            <numerusform>IN %n DATEIEN</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open with the default program</source>
        <translation>Mit dem Standardprogramm öffnen</translation>
    </message>
</context>
<context>
    <name>DetailsPresenter</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>DetailsSide</name>
    <message>
        <source>Selected photo</source>
        <translation>Ausgewähltes Foto</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>Details schließen</translation>
    </message>
</context>
<context>
    <name>DialogsPresenter</name>
    <message>
        <source>While looking at a photo</source>
        <translation>Beim Ansehen eines Fotos</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Larger and smaller</source>
        <translation>Größer und kleiner</translation>
    </message>
    <message>
        <source>Whole photo, 100 %</source>
        <translation>Ganzes Foto, 100 %</translation>
    </message>
    <message>
        <source>Details of the photo</source>
        <translation>Details zum Foto</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>Back to the photos</source>
        <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
        <source>Stored. This takes effect when the program is started again.</source>
        <translation>Gespeichert. Das gilt ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Add to the library</source>
        <translation>Zur Bibliothek hinzufügen</translation>
    </message>
    <message>
        <source>Fetch from {host} and search</source>
        <translation>Von {host} laden und damit suchen</translation>
    </message>
    <message>
        <source>Find photos like these</source>
        <translation>Ähnliche Fotos suchen</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Find photos like this</source>
        <translation>Ähnliche Fotos suchen</translation>
    </message>
</context>
<context>
    <name>DropPresenter</name>
    <message>
        <source>Pictures ({endings})</source>
        <translation>Bilder ({endings})</translation>
    </message>
    <message>
        <source>Search with a picture</source>
        <translation>Mit einem Bild suchen</translation>
    </message>
    <message>
        <source>Fetching the picture from {host}…</source>
        <translation>Bild wird von {host} geladen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Fetch from {host} and search</source>
        <translation>Von {host} laden und damit suchen</translation>
    </message>
    <message>
        <source>There is no picture and no folder in what was dropped, so there is nothing to do.</source>
        <translation>Es wurden weder Bilder noch Ordner abgelegt; es gibt nichts zu tun.</translation>
    </message>
    <message>
        <source>{count} of the {all} pictures are searched: one question takes no more.</source>
        <translation>Mit {count} der {all} Bilder wird gesucht: Mehr nimmt eine Suche nicht auf.</translation>
    </message>
    <message>
        <source>{name} is searched without being added to the library.</source>
        <translation>Es wird mit {name} gesucht; die Bibliothek bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Add its folder</source>
        <translation>Den Ordner hinzufügen</translation>
    </message>
</context>
<context>
    <name>DropSlot</name>
    <message>
        <source>Add to search</source>
        <translation>Zur Suche hinzufügen</translation>
    </message>
    <message>
        <source>Drop a picture</source>
        <translation>Bild hier ablegen</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>Engine</source>
        <translation>Suchmaschine</translation>
    </message>
    <message>
        <source>The embedded engine needs no server and no set-up.</source>
        <translation>Die eingebaute Suchmaschine braucht keinen Server und keine Einrichtung.</translation>
    </message>
    <message>
        <source>Embedded</source>
        <translation>Eingebaut</translation>
    </message>
</context>
<context>
    <name>ExploreRow</name>
    <message>
        <source>In your library</source>
        <translation>In der Bibliothek</translation>
    </message>
</context>
<context>
    <name>ExploreTile</name>
    <message>
        <source>{label}, {count} photos</source>
        <translation>{label}, {count} Fotos</translation>
    </message>
</context>
<context>
    <name>FailuresDialog</name>
    <message>
        <source>Files that could not be indexed</source>
        <translation>Nicht indizierte Dateien</translation>
    </message>
    <message>
        <source>Nothing failed. Every picture in your folders could be read.</source>
        <translation>Kein Fehler. Jedes Bild in den Ordnern war lesbar.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be indexed. Your files are untouched.</source>
        <translation>
            <numerusform>%n Datei konnte nicht indiziert werden. Sie ist unverändert.</numerusform>
            <numerusform>%n Dateien konnten nicht indiziert werden. Sie sind unverändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try {count} again</source>
        <translation>{count} erneut versuchen</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle erneut versuchen</translation>
    </message>
</context>
<context>
    <name>FailuresModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Versuche</translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>Fill the tiles</source>
        <translation>Kacheln füllen</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Ein Ordner</translation>
    </message>
    <message>
        <source>Relevance</source>
        <translation>Relevanz</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Neu hinzugefügt</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>Alle Ordner</translation>
    </message>
    <message>
        <source>All cameras</source>
        <translation>Alle Kameras</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Alle Typen</translation>
    </message>
    <message>
        <source>Any date</source>
        <translation>Jedes Datum</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders of the library</source>
        <translation>Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>Aus der Bibliothek entfernen</translation>
    </message>
    <message>
        <source>Names to leave out</source>
        <translation>Auszulassende Namen</translation>
    </message>
    <message>
        <source>Removing a folder leaves the photos where they are.</source>
        <translation>Wird ein Ordner entfernt, bleiben die Fotos, wo sie sind.</translation>
    </message>
    <message>
        <source>Leave out files and folders named (one per line, * stands for anything)</source>
        <translation>Dateien und Ordner mit diesen Namen auslassen (einer je Zeile, * steht für Beliebiges)</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>{folder} (not connected)</source>
        <translation>{folder} (nicht verbunden)</translation>
    </message>
</context>
<context>
    <name>Gather</name>
    <message>
        <source>Best matches</source>
        <translation>Beste Treffer</translation>
    </message>
    <message>
        <source>Weaker matches</source>
        <translation>Schwächere Treffer</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>this photo</source>
        <translation>dieses Foto</translation>
    </message>
</context>
<context>
    <name>InlineMessage</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>LibraryView</name>
    <message>
        <source>Add “{folder}”</source>
        <translation>„{folder}“ hinzufügen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner auswählen …</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>Einen Ordner mit Fotos hier ablegen</translation>
    </message>
    <message>
        <source>They stay where they are. Nothing is uploaded, moved or changed. You can search as soon as the first ones appear.</source>
        <translation>Sie bleiben, wo sie sind. Nichts wird hochgeladen, verschoben oder verändert. Suchen geht, sobald die ersten erscheinen.</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>indexing</source>
        <translation>wird indiziert</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>Aus der Bibliothek entfernen</translation>
    </message>
    <message>
        <source>Remove {folder} from the library? Its files stay where they are.</source>
        <translation>{folder} aus der Bibliothek entfernen? Die Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>ImgSearch Desktop</source>
        <translation>ImgSearch Desktop</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The starter model knows things, animals, food and scenes, offline.</source>
        <translation>Das Startmodell kennt Dinge, Tiere, Essen und Szenen, ganz ohne Internet.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
</context>
<context>
    <name>Navigator</name>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>not: {words}</source>
        <translation>nicht: {words}</translation>
    </message>
    <message>
        <source>exactly: {words}</source>
        <translation>genau: {words}</translation>
    </message>
    <message>
        <source>like this</source>
        <translation>ähnlich wie dies</translation>
    </message>
</context>
<context>
    <name>PanelPresenter</name>
    <message>
        <source>This photo is gone. Go back, or choose another one.</source>
        <translation>Dieses Foto gibt es nicht mehr. Zurückgehen oder ein anderes wählen.</translation>
    </message>
    <message>
        <source>No other photo is similar to this one.</source>
        <translation>Kein anderes Foto ist diesem ähnlich.</translation>
    </message>
</context>
<context>
    <name>PerformancePage</name>
    <message>
        <source>Automatic ({count})</source>
        <translation>Automatisch ({count})</translation>
    </message>
    <message>
        <source>Files read at the same time</source>
        <translation>Gleichzeitig gelesene Dateien</translation>
    </message>
    <message>
        <source>Memory for thumbnails</source>
        <translation>Speicher für Vorschaubilder</translation>
    </message>
    <message>
        <source>Fewer leave more of the computer to other programs.</source>
        <translation>Weniger lassen anderen Programmen mehr vom Rechner.</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
</context>
<context>
    <name>PhotoActing</name>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>No file manager could be opened. The photo lies at {path}.</source>
        <translation>Es ließ sich keine Dateiverwaltung öffnen. Das Foto liegt unter {path}.</translation>
    </message>
    <message>
        <source>No program is set for this kind of file. Set one in your system&apos;s settings.</source>
        <translation>Für diese Art von Datei ist kein Programm festgelegt. Das geht in den Systemeinstellungen.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) copied</source>
        <translation>
            <numerusform>%n Foto kopiert</numerusform>
            <numerusform>%n Fotos kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n path(s) copied</source>
        <translation>
            <numerusform>%n Pfad kopiert</numerusform>
            <numerusform>%n Pfade kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) copied to {folder}</source>
        <translation>
            <numerusform>%n Foto nach {folder} kopiert</numerusform>
            <numerusform>%n Fotos nach {folder} kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be copied. {path}: {reason}</source>
        <translation>
            <numerusform>%n konnte nicht kopiert werden. {path}: {reason}</numerusform>
            <numerusform>%n konnten nicht kopiert werden. {path}: {reason}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) listed in {file}</source>
        <translation>
            <numerusform>%n Foto in {file} aufgelistet</numerusform>
            <numerusform>%n Fotos in {file} aufgelistet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Date of %n photo(s) corrected</source>
        <translation>
            <numerusform>Datum von %n Foto korrigiert</numerusform>
            <numerusform>Datum von %n Fotos korrigiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Correction of %n photo(s) taken back</source>
        <translation>
            <numerusform>Korrektur von %n Foto zurückgenommen</numerusform>
            <numerusform>Korrektur von %n Fotos zurückgenommen</numerusform>
        </translation>
    </message>
    <message>
        <source>These files cannot be tried again now. Connect their drive and try again.</source>
        <translation>Diese Dateien sind gerade nicht erreichbar. Das Laufwerk verbinden und erneut versuchen.</translation>
    </message>
    <message>
        <source>The former date is back.</source>
        <translation>Das frühere Datum ist wieder da.</translation>
    </message>
    <message>
        <source>Only the first {count} are opened.</source>
        <translation>Nur die ersten {count} werden geöffnet.</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>Undo: {what}</source>
        <translation>Rückgängig: {what}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>PhotoDetails</name>
    <message>
        <source>Unknown photo</source>
        <translation>Unbekanntes Foto</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Zeigt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>keyword</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>looks alike {score}</source>
        <translation>sieht ähnlich aus {score}</translation>
    </message>
    <message>
        <source>words in: {fields}</source>
        <translation>Worte in: {fields}</translation>
    </message>
    <message>
        <source>{date} (corrected)</source>
        <translation>{date} (korrigiert)</translation>
    </message>
    <message>
        <source>{date} (from the file name)</source>
        <translation>{date} (aus dem Dateinamen)</translation>
    </message>
    <message>
        <source>{date} (the file&apos;s own date; the photo has none)</source>
        <translation>{date} (Datum der Datei; das Foto hat keines)</translation>
    </message>
    <message>
        <source>{time} s</source>
        <translation>{time} s</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>No longer at</source>
        <translation>Nicht mehr unter</translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message>
        <source>Photo {number} of {total}</source>
        <translation>Foto {number} von {total}</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of the preferences</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>Something went wrong. Your photos are untouched; the details are in the log file.</source>
        <translation>Etwas ist schiefgegangen. Die Fotos sind unverändert; Näheres steht in der Protokolldatei.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search your photos in your own words</source>
        <translation>Fotos mit eigenen Worten suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Search with a picture (Ctrl+O)</source>
        <translation>Mit einem Bild suchen (Strg+O)</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation>Nach einer Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>No shortcut has these words.</source>
        <translation>Zu diesen Worten gibt es kein Tastenkürzel.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Places and folders</source>
        <translation>Orte und Ordner</translation>
    </message>
</context>
<context>
    <name>SidebarModel</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Neu hinzugefügt</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation>ORDNER</translation>
    </message>
    <message>
        <source>away</source>
        <translation>getrennt</translation>
    </message>
</context>
<context>
    <name>SimilarPanel</name>
    <message>
        <source>Similar photos</source>
        <translation>Ähnliche Fotos</translation>
    </message>
    <message>
        <source>Use as query</source>
        <translation>Als Suche verwenden</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vorwärts (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress of indexing</source>
        <translation>Fortschritt beim Indizieren</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Indizieren anhalten</translation>
    </message>
    <message>
        <source>Stop indexing</source>
        <translation>Indizieren beenden</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message>
        <source>{photos} photos</source>
        <translation>{photos} Fotos</translation>
    </message>
    <message>
        <source>{done} of {all} searchable</source>
        <translation>{done} von {all} durchsuchbar</translation>
    </message>
    <message>
        <source>Embedded</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>The engine that searches</source>
        <translation>Die Suchmaschine</translation>
    </message>
    <message>
        <source>The model that understands pictures and words</source>
        <translation>Das Modell, das Bilder und Worte versteht</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n Datei nicht lesbar</numerusform>
            <numerusform>%n Dateien nicht lesbar</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking through folders</source>
        <translation>Ordner werden durchgesehen</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indiziert</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernt</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Go on indexing</source>
        <translation>Indizieren fortsetzen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>weniger als 1 min</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
    <message>
        <source>{hours} h left</source>
        <translation>noch {hours} h</translation>
    </message>
</context>
<context>
    <name>TileButtons</name>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>Ähnliche Fotos suchen</translation>
    </message>
    <message>
        <source>View {name}</source>
        <translation>{name} ansehen</translation>
    </message>
    <message>
        <source>Find photos similar to {name}</source>
        <translation>Ähnliche Fotos wie {name} suchen</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>TrailBar</name>
    <message>
        <source>Step {number} of {count}</source>
        <translation>Schritt {number} von {count}</translation>
    </message>
</context>
<context>
    <name>TrashActing</name>
    <message numerus="yes">
        <source>%n file(s) deleted for good</source>
        <translation>
            <numerusform>%n Datei endgültig gelöscht</numerusform>
            <numerusform>%n Dateien endgültig gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) brought back</source>
        <translation>
            <numerusform>%n Datei zurückgeholt</numerusform>
            <numerusform>%n Dateien zurückgeholt</numerusform>
        </translation>
    </message>
    <message>
        <source>It was too late: the files are in the system&apos;s trash. Bring them back there.</source>
        <translation>Es war zu spät: Die Dateien liegen im Papierkorb des Systems und lassen sich dort zurückholen.</translation>
    </message>
    <message numerus="yes">
        <source>The same holds for %n more file(s).</source>
        <translation>
            <numerusform>Dasselbe gilt für %n weitere Datei.</numerusform>
            <numerusform>Dasselbe gilt für %n weitere Dateien.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) moved to the trash</source>
        <translation>
            <numerusform>%n Foto in den Papierkorb verschoben</numerusform>
            <numerusform>%n Fotos in den Papierkorb verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved to the trash</source>
        <translation>
            <numerusform>%n Datei in den Papierkorb verschoben</numerusform>
            <numerusform>%n Dateien in den Papierkorb verschoben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Rückgängig (Strg+Z)</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Time left to undo</source>
        <translation>Verbleibende Zeit zum Rückgängigmachen</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Photo viewer</source>
        <translation>Fotobetrachter</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Back to the photos (Escape)</source>
        <translation>Zurück zu den Fotos (Esc)</translation>
    </message>
    <message>
        <source>Previous photo (Left)</source>
        <translation>Voriges Foto (Links)</translation>
    </message>
    <message>
        <source>Next photo (Right)</source>
        <translation>Nächstes Foto (Rechts)</translation>
    </message>
    <message>
        <source>Whole photo or 100 % (0, 1)</source>
        <translation>Ganzes Foto oder 100 % (0, 1)</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>Ähnliche Fotos suchen</translation>
    </message>
    <message>
        <source>Details (I)</source>
        <translation>Details (I)</translation>
    </message>
    <message>
        <source>Slideshow (F5)</source>
        <translation>Diaschau (F5)</translation>
    </message>
    <message>
        <source>Full screen (F11)</source>
        <translation>Vollbild (F11)</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} von {total}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Stop the slideshow (F5)</source>
        <translation>Diaschau beenden (F5)</translation>
    </message>
    <message>
        <source>Leave full screen (F11)</source>
        <translation>Vollbild verlassen (F11)</translation>
    </message>
    <message>
        <source>Show at 100 % (1)</source>
        <translation>Bei 100 % zeigen (1)</translation>
    </message>
    <message>
        <source>Show the whole photo (0)</source>
        <translation>Ganzes Foto zeigen (0)</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Copy {what}</source>
        <translation>{what} kopieren</translation>
    </message>
</context>
</TS>
