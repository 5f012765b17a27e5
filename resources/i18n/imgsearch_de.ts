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
        <source>Forget earlier searches</source>
        <translation>Frühere Suchen vergessen</translation>
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
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
</context>
<context>
    <name>BrowserPresenter</name>
    <message>
        <source>Earlier searches are forgotten.</source>
        <translation>Frühere Suchen sind vergessen.</translation>
    </message>
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
        <translation>Kein Foto passt gut zu diesen Wörtern. Andere helfen vielleicht weiter.</translation>
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
    <name>Core</name>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>A backup of the catalogue in {0} was put back. The last changes of the catalogue that it replaced were set aside as {1}.</source>
        <translation>Im Ordner {0} wurde eine Sicherung des Katalogs eingespielt. Die letzten Änderungen des ersetzten Katalogs liegen jetzt in {1}.</translation>
    </message>
    <message>
        <source>A faster version is compared with the original on photos of the library, and none can be read now. Index a folder first.</source>
        <translation>Eine schnellere Fassung wird an Fotos der Bibliothek mit dem Original verglichen, und im Moment ist keines lesbar. Zuerst einen Ordner hinzufügen.</translation>
    </message>
    <message>
        <source>A model&apos;s folder holds one folder `visual` and one folder `textual`, each with its ONNX file and what belongs to it; the README says which files.</source>
        <translation>Ein Modellordner enthält einen Ordner `visual` und einen Ordner `textual`, jeweils mit der ONNX-Datei und allem, was dazugehört; die README nennt die Dateien.</translation>
    </message>
    <message>
        <source>Another process</source>
        <translation>Ein anderer Prozess</translation>
    </message>
    <message>
        <source>Another process ({0})</source>
        <translation>Ein anderer Prozess ({0})</translation>
    </message>
    <message>
        <source>Another process is at work on the model {0}. Wait until it is done, then try again; what it does is there for both.</source>
        <translation>Ein anderer Prozess arbeitet gerade am Modell {0}. Bitte erneut versuchen, sobald er fertig ist; was er holt, ist für beide da.</translation>
    </message>
    <message>
        <source>Another process is busy writing the search index. Wait until it has finished.</source>
        <translation>Ein anderer Prozess schreibt gerade in den Suchindex. Bitte warten, bis er fertig ist.</translation>
    </message>
    <message>
        <source>Another process is working on the library in {0}; try again when it is done.</source>
        <translation>Ein anderer Prozess arbeitet gerade an der Bibliothek in {0}. Bitte erneut versuchen, sobald er fertig ist.</translation>
    </message>
    <message>
        <source>Another process is working on the thumbnails in {0}; try again when it is done.</source>
        <translation>Ein anderer Prozess arbeitet gerade an den Vorschaubildern in {0}. Bitte erneut versuchen, sobald er fertig ist.</translation>
    </message>
    <message>
        <source>Another program has begun to build the search index anew. Try again when it has finished.</source>
        <translation>Ein anderes Programm baut den Suchindex gerade neu auf. Bitte erneut versuchen, sobald es fertig ist.</translation>
    </message>
    <message>
        <source>CLIP, multilingual</source>
        <translation>CLIP, mehrsprachig</translation>
    </message>
    <message>
        <source>CLIP, multilingual, full precision</source>
        <translation>CLIP, mehrsprachig, volle Genauigkeit</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>Verbindung verweigert</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>Gerät oder Ressource belegt</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>Speicherkontingent überschritten</translation>
    </message>
    <message>
        <source>Download it again</source>
        <translation>erneut herunterladen</translation>
    </message>
    <message>
        <source>Elasticsearch at {0} cannot make the index {1}: {2}.</source>
        <translation>Elasticsearch auf {0} kann den Index {1} nicht anlegen: {2}.</translation>
    </message>
    <message>
        <source>Elasticsearch does not take it: {0}.</source>
        <translation>Elasticsearch nimmt es nicht an: {0}.</translation>
    </message>
    <message>
        <source>Elasticsearch {0} is too old: version 9.2 or later is needed. Update the server.</source>
        <translation>Elasticsearch {0} ist zu alt: Gebraucht wird Version 9.2 oder neuer. Bitte den Server aktualisieren.</translation>
    </message>
    <message>
        <source>Elasticsearch {0}.</source>
        <translation>Elasticsearch {0}.</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Die Datei gibt es schon</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set, so nothing is fetched. Unset it, or import a folder.</source>
        <translation>HF_HUB_OFFLINE ist gesetzt, deshalb wird nichts geladen. Die Variable entfernen oder einen Ordner importieren.</translation>
    </message>
    <message>
        <source>Import its folder again</source>
        <translation>den Ordner erneut importieren</translation>
    </message>
    <message>
        <source>Index your folders again to fill the gaps: what is known is not encoded again.</source>
        <translation>Ein neues Indizieren der Ordner füllt die Lücken; Bekanntes wird dabei nicht noch einmal berechnet.</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Install the program again to mend it.</source>
        <translation>Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Ist ein Ordner</translation>
    </message>
    <message>
        <source>It has no embedding of the whole photo.</source>
        <translation>Für das ganze Foto gibt es keine Einbettung.</translation>
    </message>
    <message>
        <source>It is a link that leads back to itself.</source>
        <translation>Das ist eine Verknüpfung, die auf sich selbst zeigt.</translation>
    </message>
    <message>
        <source>It is named like a picture and is not a regular file, so it was not opened.</source>
        <translation>Der Name klingt nach einem Bild, aber es ist keine gewöhnliche Datei; sie wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>It may not be read: its permissions do not allow it.</source>
        <translation>Das darf nicht gelesen werden: Die Zugriffsrechte fehlen.</translation>
    </message>
    <message>
        <source>It may not be read: the system does not allow it.</source>
        <translation>Das darf nicht gelesen werden: Das System erlaubt es nicht.</translation>
    </message>
    <message>
        <source>It may read, write and manage imgsearch-*.</source>
        <translation>Lesen, Schreiben und Verwalten von imgsearch-* ist erlaubt.</translation>
    </message>
    <message>
        <source>Its embedding has the shape {0}, not ({1},).</source>
        <translation>Die Einbettung hat die Form {0} statt ({1},).</translation>
    </message>
    <message>
        <source>Its embedding holds values that are no numbers.</source>
        <translation>Die Einbettung enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>Its files cannot be read now and there is no thumbnail of it. Connect the drive it lies on.</source>
        <translation>Die Dateien lassen sich gerade nicht lesen, und es gibt kein Vorschaubild. Bitte das Laufwerk verbinden, auf dem das Foto liegt.</translation>
    </message>
    <message>
        <source>Its path is longer than the system allows; move it to a folder nearer to the top.</source>
        <translation>Der Pfad ist länger, als das System erlaubt. Ein Ordner weiter oben hilft.</translation>
    </message>
    <message>
        <source>Made on this computer: photos are encoded faster, nearly as exactly.</source>
        <translation>Auf diesem Rechner gemacht: Fotos werden schneller berechnet, fast ebenso genau.</translation>
    </message>
    <message>
        <source>Models are kept in {0}, which cannot be written ({1}). Make it writable, or name another place in IMGSEARCH_MODELS.</source>
        <translation>Modelle werden in {0} aufbewahrt, aber der Ordner ist schreibgeschützt ({1}). Bitte beschreibbar machen oder in IMGSEARCH_MODELS einen anderen Ort nennen.</translation>
    </message>
    <message>
        <source>Models of sentence-transformers need an extra that is not installed. Install it with: pip install &apos;imgsearch-desktop[sentence-transformers]&apos;</source>
        <translation>Modelle von sentence-transformers brauchen einen Zusatz, der nicht installiert ist. Installieren mit: pip install &apos;imgsearch-desktop[sentence-transformers]&apos;</translation>
    </message>
    <message>
        <source>New photos have no labels yet: {0}</source>
        <translation>Neue Fotos haben noch keine Schlagwörter: {0}</translation>
    </message>
    <message>
        <source>No encoder was found in {0}: a model&apos;s folder has a file like {1} or {2} there.</source>
        <translation>In {0} wurde kein Encoder gefunden: In einem Modellordner liegt dort eine Datei wie {1} oder {2}.</translation>
    </message>
    <message>
        <source>No file manager could be opened on this computer. Copy the path instead and open it by hand.</source>
        <translation>Auf diesem Rechner ließ sich keine Dateiverwaltung öffnen. Der Pfad lässt sich stattdessen kopieren und von Hand öffnen.</translation>
    </message>
    <message>
        <source>No good match; weaker ones can be shown.</source>
        <translation>Kein guter Treffer; schwächere lassen sich zeigen.</translation>
    </message>
    <message>
        <source>No machine learning node of {0} has enough memory free for the model {1}, or there is no such node ({2}). Searches are encoded on this computer meanwhile. Add a node with the role ml, or stop another model there.</source>
        <translation>Kein Knoten für maschinelles Lernen von {0} hat genug Speicher für das Modell {1} frei, oder es gibt keinen ({2}). Suchen werden solange auf diesem Rechner verarbeitet. Bitte dort einen Knoten mit der Rolle ml hinzufügen oder ein anderes Modell anhalten.</translation>
    </message>
    <message>
        <source>No match.</source>
        <translation>Kein Treffer.</translation>
    </message>
    <message>
        <source>No other model was chosen; the present one goes on searching.</source>
        <translation>Es wurde kein anderes Modell gewählt; das jetzige sucht weiter.</translation>
    </message>
    <message>
        <source>No photo has these words and passes the filters.</source>
        <translation>Kein Foto trägt diese Wörter und passt zu den Filtern.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>ONNX Runtime, which models need, is not installed. Install the program again to mend it.</source>
        <translation>ONNX Runtime, das die Modelle brauchen, ist nicht installiert. Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>ONNX Runtime, which the starter model needs, is not installed. Install the program again to mend it.</source>
        <translation>ONNX Runtime, das das Startmodell braucht, ist nicht installiert. Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>Of {0} GB, {1} are free on the node {2}.</source>
        <translation>Von {0} GB sind auf dem Knoten {2} noch {1} frei.</translation>
    </message>
    <message>
        <source>Of {0} GB, {1} are free on the node {2}: Elasticsearch takes no more changes. Free some room there.</source>
        <translation>Von {0} GB sind auf dem Knoten {2} noch {1} frei: Elasticsearch nimmt keine Änderungen mehr an. Bitte dort Platz schaffen.</translation>
    </message>
    <message>
        <source>Of {0} GB, {1} are free on the node {2}; that is little. Free some room there before Elasticsearch takes no more changes.</source>
        <translation>Von {0} GB sind auf dem Knoten {2} noch {1} frei; das ist wenig. Bitte dort Platz schaffen, bevor Elasticsearch keine Änderungen mehr annimmt.</translation>
    </message>
    <message>
        <source>Only pictures at addresses that begin with http or https can be fetched.</source>
        <translation>Nur Bilder, deren Adresse mit http oder https beginnt, lassen sich laden.</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>Nicht erlaubt</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Schreibgeschützter Datenträger</translation>
    </message>
    <message>
        <source>Searches are encoded on this computer meanwhile.</source>
        <translation>Suchen werden solange auf diesem Rechner verarbeitet.</translation>
    </message>
    <message>
        <source>SigLIP 2, B/16</source>
        <translation>SigLIP 2, B/16</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>Nicht mehr gültiger Dateiverweis</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Startmodell</translation>
    </message>
    <message>
        <source>Taken from a folder on this computer.</source>
        <translation>Aus einem Ordner auf diesem Rechner.</translation>
    </message>
    <message>
        <source>That photo has not been indexed for this model yet, so nothing can be compared with it. Let indexing finish and try again.</source>
        <translation>Dieses Foto ist für dieses Modell noch nicht indiziert, deshalb lässt sich nichts damit vergleichen. Bitte erneut versuchen, wenn das Indizieren fertig ist.</translation>
    </message>
    <message>
        <source>That photo is not in the library any more. Choose another one.</source>
        <translation>Dieses Foto ist nicht mehr in der Bibliothek. Bitte ein anderes wählen.</translation>
    </message>
    <message>
        <source>The catalogue in {0} is damaged, and it cannot be repaired now: another process is using it, or the folder cannot be written. Mend that and start again: what is intact is then saved.</source>
        <translation>Der Katalog in {0} ist beschädigt und lässt sich gerade nicht reparieren: Ein anderer Prozess benutzt ihn, oder der Ordner ist schreibgeschützt. Sobald das behoben ist, rettet ein Neustart alles, was noch heil ist.</translation>
    </message>
    <message>
        <source>The catalogue in {0} is damaged. Start the program again: it then saves what is intact.</source>
        <translation>Der Katalog in {0} ist beschädigt. Ein Neustart des Programms rettet alles, was noch heil ist.</translation>
    </message>
    <message>
        <source>The class names of the starter model are damaged. Install the program again to mend it.</source>
        <translation>Die Klassennamen des Startmodells sind beschädigt. Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>The cloud id names no deployment. Copy it again, whole, from the page of the deployment.</source>
        <translation>Zu dieser Cloud-ID gehört kein Deployment. Bitte noch einmal vollständig von dessen Seite kopieren.</translation>
    </message>
    <message>
        <source>The colours of this picture ({0}) cannot be converted.</source>
        <translation>Die Farben dieses Bildes ({0}) lassen sich nicht umrechnen.</translation>
    </message>
    <message>
        <source>The damaged file is kept as {0} in {1}.</source>
        <translation>Die beschädigte Datei wird als {0} in {1} aufbewahrt.</translation>
    </message>
    <message>
        <source>The disk that holds the library in {0} is full. Everything found so far is kept; free some space and start again.</source>
        <translation>Der Datenträger mit der Bibliothek in {0} ist voll. Alles bisher Gefundene bleibt erhalten; bitte Platz schaffen und neu starten.</translation>
    </message>
    <message>
        <source>The disk that holds the models ({0}) is full. Make room and try again.</source>
        <translation>Der Datenträger mit den Modellen ({0}) ist voll. Bitte Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The disk that holds the search index is full. Free some space; the index then catches up.</source>
        <translation>Der Datenträger mit dem Suchindex ist voll. Bitte Platz schaffen; der Index holt dann auf.</translation>
    </message>
    <message>
        <source>The drive could not read it; the drive may be failing or may have been disconnected.</source>
        <translation>Das Laufwerk konnte es nicht lesen; vielleicht ist es defekt oder wurde getrennt.</translation>
    </message>
    <message>
        <source>The drive was disconnected while it was looked through.</source>
        <translation>Das Laufwerk wurde getrennt, während es durchsucht wurde.</translation>
    </message>
    <message>
        <source>The drive with {0} is not connected; its photos stay as they are.</source>
        <translation>Das Laufwerk mit {0} ist nicht verbunden; seine Fotos bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>The drive with {0} was disconnected; its photos stay as they are.</source>
        <translation>Das Laufwerk mit {0} wurde getrennt; seine Fotos bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>The embedded engine is chosen, which encodes searches on this computer. Choose Elasticsearch first: imgsearch engine use elasticsearch --url URL.</source>
        <translation>Die eingebaute Suchmaschine ist gewählt; sie kodiert Suchen auf diesem Computer. Zuerst Elasticsearch wählen: imgsearch engine use elasticsearch --url URL.</translation>
    </message>
    <message>
        <source>The embedded engine is chosen; it mends itself. Choose Elasticsearch first: imgsearch engine use elasticsearch --url URL.</source>
        <translation>Gewählt ist die eingebaute Suchmaschine; sie repariert sich selbst. Zuerst Elasticsearch wählen: imgsearch engine use elasticsearch --url URL.</translation>
    </message>
    <message>
        <source>The file cannot be read: {0}.</source>
        <translation>Die Datei lässt sich nicht lesen: {0}.</translation>
    </message>
    <message>
        <source>The file cannot be stored there ({0}).</source>
        <translation>Die Datei lässt sich dort nicht speichern ({0}).</translation>
    </message>
    <message>
        <source>The file could not be read ({0}).</source>
        <translation>Die Datei ließ sich nicht lesen ({0}).</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file is larger than 2 GB, too large for a picture.</source>
        <translation>Die Datei ist größer als 2 GB, zu groß für ein Bild.</translation>
    </message>
    <message>
        <source>The file is not at its place. If its drive is away, connect it and try again.</source>
        <translation>Die Datei liegt nicht an ihrem Platz. Falls ihr Laufwerk getrennt ist: verbinden und erneut versuchen.</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>Die Datei gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The file is still being written.</source>
        <translation>Die Datei wird noch geschrieben.</translation>
    </message>
    <message>
        <source>The file took longer than {0} s to read and was given up.</source>
        <translation>Das Lesen der Datei dauerte länger als {0} s und wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The fingerprint is no SHA-256, which has 64 hexadecimal digits. Copy it again, whole.</source>
        <translation>Der Fingerabdruck ist kein SHA-256, denn der hat 64 hexadezimale Ziffern. Bitte noch einmal vollständig kopieren.</translation>
    </message>
    <message>
        <source>The folder of {0} was removed from the library while it was being indexed, so the rest of it was left out. Add the folder again if you want it back.</source>
        <translation>Der Ordner von {0} wurde beim Indizieren aus der Bibliothek entfernt, der Rest wurde ausgelassen. Wer ihn zurückhaben will, fügt ihn erneut hinzu.</translation>
    </message>
    <message>
        <source>The folder {0} cannot be read. {1}</source>
        <translation>Der Ordner {0} lässt sich nicht lesen. {1}</translation>
    </message>
    <message>
        <source>The folder {0} does not hold the whole model {1}: {2} is missing{3}.</source>
        <translation>Der Ordner {0} enthält das Modell {1} nicht ganz: {2} fehlt{3}.</translation>
    </message>
    <message>
        <source>The folder {0} holds no model of sentence-transformers.</source>
        <translation>Der Ordner {0} enthält kein Modell von sentence-transformers.</translation>
    </message>
    <message>
        <source>The folder {0} is not a model&apos;s. A model&apos;s folder holds one folder `visual` and one folder `textual`, each with its ONNX file and what belongs to it; the README says which files.</source>
        <translation>Der Ordner {0} enthält kein Modell. Ein Modellordner enthält einen Ordner `visual` und einen Ordner `textual`, jeweils mit der ONNX-Datei und allem, was dazugehört; die README nennt die Dateien.</translation>
    </message>
    <message>
        <source>The index holds embeddings of {0} dimensions, and no model here makes such. Fetch the one it was made with, such as: imgsearch models download clip-vit-b-32-multilingual.</source>
        <translation>Der Index enthält Einbettungen mit {0} Dimensionen, und kein Modell hier erzeugt solche. Das Modell holen, mit dem er erzeugt wurde, etwa mit: imgsearch models download clip-vit-b-32-multilingual.</translation>
    </message>
    <message>
        <source>The index {0} holds embeddings of {1} dimensions and {2} makes {3}. Give the model it was made with: --model ID.</source>
        <translation>Der Index {0} enthält Einbettungen mit {1} Dimensionen, und {2} erzeugt {3}. Bitte das Modell angeben, mit dem er erzeugt wurde: --model ID.</translation>
    </message>
    <message>
        <source>The index {0} is being built by several programs at the same time. Wait until they have finished and try again.</source>
        <translation>Der Index {0} wird gerade von mehreren Programmen aufgebaut. Bitte warten, bis sie fertig sind, und erneut versuchen.</translation>
    </message>
    <message>
        <source>The index {0} on Elasticsearch at {1} belongs to another library. It is left as it is: delete or rename it there if this library is to be searched with Elasticsearch.</source>
        <translation>Der Index {0} in Elasticsearch auf {1} gehört zu einer anderen Bibliothek und bleibt unberührt. Soll diese Bibliothek mit Elasticsearch durchsucht werden, muss er dort gelöscht oder umbenannt werden.</translation>
    </message>
    <message>
        <source>The index {0} on Elasticsearch at {1} {2}. It is left as it is: delete or rename it there if photos are to be searched with Elasticsearch.</source>
        <translation>Der Index {0} in Elasticsearch auf {1} {2} und bleibt unberührt. Sollen Fotos mit Elasticsearch durchsucht werden, muss er dort gelöscht oder umbenannt werden.</translation>
    </message>
    <message>
        <source>The index {0} was made with another model than {1}, or of another folder (cosine {2}). Nothing was taken.</source>
        <translation>Der Index {0} wurde mit einem anderen Modell als {1} oder aus einem anderen Ordner erzeugt (Kosinus {2}). Es wurde nichts übernommen.</translation>
    </message>
    <message>
        <source>The index {0} was not made by the recipe&apos;s script: it lacks {1} or {2}. Give the name of one that was, such as my-image-embeddings.</source>
        <translation>Der Index {0} stammt nicht vom Skript des Rezepts: {1} oder {2} fehlt. Bitte den Namen eines solchen Index angeben, etwa my-image-embeddings.</translation>
    </message>
    <message>
        <source>The last layer of the model in {0} is of a kind that this program does not know. It cannot be used here.</source>
        <translation>Die letzte Schicht des Modells in {0} kennt dieses Programm nicht. Das Modell lässt sich hier nicht benutzen.</translation>
    </message>
    <message>
        <source>The library in {0} cannot be written. Make the folder writable, or choose another one for the library.</source>
        <translation>Die Bibliothek in {0} ist schreibgeschützt. Bitte den Ordner beschreibbar machen oder einen anderen für die Bibliothek wählen.</translation>
    </message>
    <message>
        <source>The library in {0} could not be opened: {1}.</source>
        <translation>Die Bibliothek in {0} ließ sich nicht öffnen: {1}.</translation>
    </message>
    <message>
        <source>The library in {0} could not be read or written ({1}). Check that its disk is connected and healthy.</source>
        <translation>Die Bibliothek in {0} ließ sich nicht lesen oder schreiben ({1}). Bitte prüfen, ob ihr Datenträger verbunden und in Ordnung ist.</translation>
    </message>
    <message>
        <source>The library in {0} was written by a newer version of ImgSearch Desktop (catalogue version {1}; this program knows up to {2}). Update the program, or choose another library.</source>
        <translation>Die Bibliothek in {0} stammt von einer neueren Version von ImgSearch Desktop (Katalogversion {1}; dieses Programm kennt sie bis {2}). Bitte das Programm aktualisieren oder eine andere Bibliothek wählen.</translation>
    </message>
    <message>
        <source>The library onnx is not installed. Install the program again to mend it.</source>
        <translation>Die Bibliothek onnx ist nicht installiert. Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>The library tokenizers, which models need, is not installed. Install the program again to mend it.</source>
        <translation>Die Bibliothek tokenizers, die die Modelle brauchen, ist nicht installiert. Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>The licence of {0} does not include machine learning, so it can run no model. Searches are encoded on this computer meanwhile. A trial or Platinum licence has it.</source>
        <translation>Die Lizenz von {0} enthält kein maschinelles Lernen, deshalb läuft dort kein Modell. Suchen werden solange auf diesem Rechner verarbeitet. Eine Test- oder Platinum-Lizenz enthält es.</translation>
    </message>
    <message>
        <source>The list could not be written to {0} ({1}). Choose another folder, or make room in this one.</source>
        <translation>Die Liste ließ sich nicht in {0} schreiben ({1}). Bitte einen anderen Ordner wählen oder hier Platz schaffen.</translation>
    </message>
    <message>
        <source>The model deployed on Elasticsearch is not the one whose photos are searched (cosine {0}). Upload the one that goes with the model in use here.</source>
        <translation>Das Modell auf Elasticsearch ist nicht das, mit dem die Fotos gelernt wurden (Kosinus {0}). Bitte das hochladen, das zum hier benutzten Modell gehört.</translation>
    </message>
    <message>
        <source>The model in use goes on working.</source>
        <translation>Das jetzige Modell arbeitet weiter.</translation>
    </message>
    <message>
        <source>The model in {0} does not say how long its embeddings are. It cannot be used.</source>
        <translation>Das Modell in {0} sagt nicht, wie lang seine Einbettungen sind. Es lässt sich nicht benutzen.</translation>
    </message>
    <message>
        <source>The model in {0} is quantised already; there is nothing to gain.</source>
        <translation>Das Modell in {0} ist schon quantisiert; es gibt nichts zu gewinnen.</translation>
    </message>
    <message>
        <source>The model in {0} makes sentences of words in a way that this program does not know. It cannot be used here.</source>
        <translation>Das Modell in {0} fasst Wörter auf eine Weise zusammen, die dieses Programm nicht kennt. Es lässt sich hier nicht benutzen.</translation>
    </message>
    <message>
        <source>The model lacks the file {0}. Fetch the model again.</source>
        <translation>Dem Modell fehlt die Datei {0}. Bitte das Modell erneut laden.</translation>
    </message>
    <message>
        <source>The model needs {0} MB more, and the disk that holds {1} has {2} MB left. Make room and try again.</source>
        <translation>Das Modell braucht noch {0} MB, auf dem Datenträger von {1} sind aber nur {2} MB frei. Bitte Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The model prepares pictures in a way that this program does not know ({0}). It cannot be used here.</source>
        <translation>Das Modell bereitet Bilder auf eine Weise vor, die dieses Programm nicht kennt ({0}). Es lässt sich hier nicht benutzen.</translation>
    </message>
    <message>
        <source>The model takes {0} MB, for which there is no room on the disk that holds {1}. Make room and try again.</source>
        <translation>Das Modell braucht {0} MB, und auf dem Datenträger von {1} ist dafür kein Platz. Bitte Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The model {0} cannot be loaded by sentence-transformers ({1}). It may not have been fetched, or be no model of that library.</source>
        <translation>sentence-transformers kann das Modell {0} nicht laden ({1}). Vielleicht ist es noch nicht geladen oder kein Modell dieser Bibliothek.</translation>
    </message>
    <message>
        <source>The model {0} cannot be prepared for Elasticsearch: {1}.</source>
        <translation>Das Modell {0} lässt sich nicht für Elasticsearch vorbereiten: {1}.</translation>
    </message>
    <message>
        <source>The model {0} cannot be removed ({1}). A program that uses it may have to be closed first.</source>
        <translation>Das Modell {0} lässt sich nicht entfernen ({1}). Vielleicht muss erst ein Programm beendet werden, das es benutzt.</translation>
    </message>
    <message>
        <source>The model {0} cannot be used: {1}. Bring its two models&apos; folders back as they were, or add the pair again.</source>
        <translation>Das Modell {0} kann nicht benutzt werden: {1}. Die Ordner seiner beiden Modelle wiederherstellen, wie sie waren, oder das Paar neu hinzufügen.</translation>
    </message>
    <message>
        <source>The model {0} cannot be used: {1}. {2} to mend it.</source>
        <translation>Das Modell {0} lässt sich nicht benutzen: {1}. Abhilfe: {2}.</translation>
    </message>
    <message>
        <source>The model {0} could not be started on Elasticsearch at {1}{2}. Searches are encoded on this computer meanwhile. Its log says more.</source>
        <translation>Das Modell {0} ließ sich in Elasticsearch auf {1} nicht starten{2}. Suchen werden solange auf diesem Rechner verarbeitet. Mehr steht im dortigen Protokoll.</translation>
    </message>
    <message>
        <source>The model {0} does not take pictures. Name the model for pictures first.</source>
        <translation>Das Modell {0} nimmt keine Bilder an. Das Modell für Bilder zuerst nennen.</translation>
    </message>
    <message>
        <source>The model {0} does not take texts. Name the model for texts second.</source>
        <translation>Das Modell {0} nimmt keine Texte an. Das Modell für Texte als zweites nennen.</translation>
    </message>
    <message>
        <source>The model {0} does not take what it was given: one of the two models must be for pictures, the other one for texts.</source>
        <translation>Das Modell {0} nimmt nicht an, was es bekam: Eines der beiden Modelle muss für Bilder sein, das andere für Texte.</translation>
    </message>
    <message>
        <source>The model {0} gives embeddings of {1} numbers, not of {2}. The two models do not belong together.</source>
        <translation>Das Modell {0} liefert Einbettungen aus {1} statt {2} Zahlen. Die beiden Modelle gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>The model {0} gives no usable embeddings. Fetch it again, or use another one.</source>
        <translation>Das Modell {0} liefert keine brauchbaren Einbettungen. Bitte erneut laden oder ein anderes benutzen.</translation>
    </message>
    <message>
        <source>The model {0} gives no usable embeddings. It cannot be used here.</source>
        <translation>Das Modell {0} liefert keine brauchbaren Einbettungen. Es kann hier nicht benutzt werden.</translation>
    </message>
    <message>
        <source>The model {0} is not complete yet. Go on with its download first.</source>
        <translation>Das Modell {0} ist noch nicht vollständig. Bitte zuerst fertig herunterladen.</translation>
    </message>
    <message>
        <source>The model {0} is not on this computer yet. Download it first.</source>
        <translation>Das Modell {0} ist noch nicht auf diesem Rechner. Bitte zuerst herunterladen.</translation>
    </message>
    <message>
        <source>The model {0} is not on {1}. Searches are encoded on this computer meanwhile. Upload it with: imgsearch engine upload-model.</source>
        <translation>Das Modell {0} ist nicht auf {1}. Suchen werden solange auf diesem Rechner verarbeitet. Hochladen mit: imgsearch engine upload-model.</translation>
    </message>
    <message>
        <source>The model {0} is not one that can be downloaded.</source>
        <translation>Das Modell {0} lässt sich nicht herunterladen.</translation>
    </message>
    <message>
        <source>The model {0} is not used: {1}.</source>
        <translation>Das Modell {0} wird nicht benutzt: {1}.</translation>
    </message>
    <message>
        <source>The model {0} is under the licence {1}, which was not agreed to.</source>
        <translation>Das Modell {0} steht unter der Lizenz {1}, der nicht zugestimmt wurde.</translation>
    </message>
    <message>
        <source>The model {0} makes vectors of length {1}, but the library holds its vectors with length {2}. Choose another model, or the version it was indexed with.</source>
        <translation>Das Modell {0} erzeugt Vektoren der Länge {1}, die Bibliothek enthält aber welche der Länge {2}. Bitte ein anderes Modell wählen oder die Version, mit der indiziert wurde.</translation>
    </message>
    <message>
        <source>The model {0} on Elasticsearch at {1} cannot encode searches: {2}. Deploy the model that goes with the one in use here.</source>
        <translation>Das Modell {0} in Elasticsearch auf {1} kann keine Suchen verarbeiten: {2}. Bitte dort das Modell einsetzen, das zum hier benutzten gehört.</translation>
    </message>
    <message>
        <source>The model {0} on {1} is not started. Searches are encoded on this computer meanwhile. Start it with: imgsearch engine upload-model; what is there already is not uploaded again.</source>
        <translation>Das Modell {0} auf {1} ist nicht gestartet. Suchen werden solange auf diesem Rechner verarbeitet. Starten mit: imgsearch engine upload-model; was schon da ist, wird nicht noch einmal hochgeladen.</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} cannot be converted to int8.</source>
        <translation>Die Modelldatei {0} lässt sich nicht in int8 umwandeln.</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} cannot be loaded. Fetch the model again.</source>
        <translation>Die Modelldatei {0} lässt sich nicht laden. Bitte das Modell erneut holen.</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} cannot be read ({1}).</source>
        <translation>Die Modelldatei {0} lässt sich nicht lesen ({1}).</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} could not be converted to int8: there was not enough memory. Close other programs and try again.</source>
        <translation>Die Modelldatei {0} ließ sich nicht in int8 umwandeln: Der Arbeitsspeicher reichte nicht. Nach dem Schließen anderer Programme kann es noch einmal versucht werden.</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} gives no embeddings of {1} numbers. It cannot be used.</source>
        <translation>Die Modelldatei {0} liefert keine Einbettungen aus {1} Zahlen. Sie lässt sich nicht benutzen.</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} is damaged. Fetch the model again.</source>
        <translation>Die Modelldatei {0} ist beschädigt. Bitte das Modell erneut laden.</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} is not an ONNX file. Fetch the model again.</source>
        <translation>Die Modelldatei {0} ist keine ONNX-Datei. Bitte das Modell erneut laden.</translation>
    </message>
    <message>
        <source>The model&apos;s file {0} is not what it should be. Fetch the model again.</source>
        <translation>Die Modelldatei {0} ist nicht, was sie sein soll. Bitte das Modell erneut laden.</translation>
    </message>
    <message>
        <source>The model&apos;s files cannot be read: {0} ({1}).</source>
        <translation>Die Dateien des Modells lassen sich nicht lesen: {0} ({1}).</translation>
    </message>
    <message>
        <source>The model&apos;s files in {0} cannot be written ({1}). Make the folder writable, or name another place in IMGSEARCH_MODELS.</source>
        <translation>Die Dateien des Modells in {0} lassen sich nicht schreiben ({1}). Bitte den Ordner beschreibbar machen oder in IMGSEARCH_MODELS einen anderen Ort nennen.</translation>
    </message>
    <message>
        <source>The model&apos;s folder has a name that is no text. Rename it, then try again.</source>
        <translation>Der Ordner des Modells hat einen Namen, der kein Text ist. Bitte umbenennen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The network drive it lies on has lost track of it; connect the drive again.</source>
        <translation>Das Netzlaufwerk findet es nicht mehr; bitte das Laufwerk neu verbinden.</translation>
    </message>
    <message>
        <source>The package {0} that the starter model needs is not installed. Install the program again to mend it.</source>
        <translation>Das Paket {0}, das das Startmodell braucht, ist nicht installiert. Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>The photo is not at its place any more. Rescan its folder to find it again.</source>
        <translation>Das Foto liegt nicht mehr an seinem Platz. Wird sein Ordner neu durchsucht, findet es sich wieder.</translation>
    </message>
    <message>
        <source>The photo is not at its place. If its drive is away, connect it and try again.</source>
        <translation>Das Foto liegt nicht an seinem Platz. Falls sein Laufwerk getrennt ist: verbinden und erneut versuchen.</translation>
    </message>
    <message>
        <source>The photos are in the library, but not all in the search engine: {0}</source>
        <translation>Die Fotos sind in der Bibliothek, aber noch nicht alle in der Suchmaschine: {0}</translation>
    </message>
    <message>
        <source>The picture at {0} is larger than {1} MB, so it was not fetched. Save it and drop the file instead.</source>
        <translation>Das Bild auf {0} ist größer als {1} MB und wurde deshalb nicht geladen. Stattdessen das Bild speichern und die Datei hierher ziehen.</translation>
    </message>
    <message>
        <source>The picture claims a size that is too large to be decoded safely.</source>
        <translation>Das Bild gibt eine Größe an, die sich nicht sicher dekodieren lässt.</translation>
    </message>
    <message>
        <source>The picture claims to have {0} x {1} pixels, too many to be decoded safely.</source>
        <translation>Das Bild gibt {0} × {1} Pixel an, zu viele, um es sicher zu dekodieren.</translation>
    </message>
    <message>
        <source>The picture could not be fetched from {0}: the connection broke off. Try again.</source>
        <translation>Das Bild ließ sich nicht von {0} laden: Die Verbindung brach ab. Bitte erneut versuchen.</translation>
    </message>
    <message>
        <source>The picture decoder cannot be started; the log says why.</source>
        <translation>Der Bilddecoder lässt sich nicht starten; der Grund steht im Protokoll.</translation>
    </message>
    <message>
        <source>The picture is cut off: the file ends too early.</source>
        <translation>Das Bild ist abgeschnitten: Die Datei endet zu früh.</translation>
    </message>
    <message>
        <source>The picture is damaged and cannot be decoded.</source>
        <translation>Das Bild ist beschädigt und lässt sich nicht dekodieren.</translation>
    </message>
    <message>
        <source>The picture is damaged: it has no pixels.</source>
        <translation>Das Bild ist beschädigt: Es hat keine Pixel.</translation>
    </message>
    <message>
        <source>The picture is empty.</source>
        <translation>Das Bild ist leer.</translation>
    </message>
    <message>
        <source>The picture needs more memory than a file may take ({0} MB).</source>
        <translation>Das Bild braucht mehr Speicher, als eine Datei bekommen darf ({0} MB).</translation>
    </message>
    <message>
        <source>The process that fetched the model has ended without a word. What has come so far is kept; try again.</source>
        <translation>Der Prozess, der das Modell lud, ist ohne Meldung abgebrochen. Was schon da ist, bleibt erhalten; bitte erneut versuchen.</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>Das Programm wird gerade beendet.</translation>
    </message>
    <message>
        <source>The proxy on the way to {0} refuses ({1}). The model in use goes on working. What has come so far is kept.</source>
        <translation>Der Proxy auf dem Weg zu {0} lehnt ab ({1}). Das jetzige Modell arbeitet weiter. Was schon da ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>The proxy on the way to {0} wants a name and a password: put them into HTTPS_PROXY.</source>
        <translation>Der Proxy auf dem Weg zu {0} verlangt Namen und Passwort; beides gehört in HTTPS_PROXY.</translation>
    </message>
    <message>
        <source>The query does not fit the model {0}. Choose the model again.</source>
        <translation>Die Suche passt nicht zum Modell {0}. Bitte das Modell erneut wählen.</translation>
    </message>
    <message>
        <source>The search engine is closed.</source>
        <translation>Die Suchmaschine ist geschlossen.</translation>
    </message>
    <message>
        <source>The search index cannot be opened. Check that its directory is there and may be written.</source>
        <translation>Der Suchindex lässt sich nicht öffnen. Bitte prüfen, ob sein Ordner da und beschreibbar ist.</translation>
    </message>
    <message>
        <source>The search index cannot be read or written: the disk reports an error. Check that disk.</source>
        <translation>Der Suchindex lässt sich nicht lesen oder schreiben: Der Datenträger meldet einen Fehler. Bitte den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>The search index cannot be written. Give yourself permission to write to the cache directory.</source>
        <translation>Der Suchindex ist schreibgeschützt. Bitte den Cache-Ordner beschreibbar machen.</translation>
    </message>
    <message>
        <source>The search index could not be filled. Try again.</source>
        <translation>Der Suchindex ließ sich nicht füllen. Bitte erneut versuchen.</translation>
    </message>
    <message>
        <source>The search index has nowhere to be: neither the cache directory nor the temporary directory can be written ({0}). Free some space or give yourself permission to write.</source>
        <translation>Für den Suchindex ist kein Platz: Weder der Cache-Ordner noch der Ordner für temporäre Dateien ist beschreibbar ({0}). Bitte Platz schaffen oder die Schreibrechte anpassen.</translation>
    </message>
    <message>
        <source>The search index holds nothing for the model {0}. It is built from the library at the next indexing.</source>
        <translation>Der Suchindex enthält noch nichts für das Modell {0}. Er wird beim nächsten Indizieren aus der Bibliothek aufgebaut.</translation>
    </message>
    <message>
        <source>The search index is being built by other programs at the same time. Wait until they have finished and try again.</source>
        <translation>Der Suchindex wird gerade auch von anderen Programmen aufgebaut. Bitte warten, bis sie fertig sind, und erneut versuchen.</translation>
    </message>
    <message>
        <source>The search index was damaged and has been set aside. It is built again from the library; nothing of the library is lost.</source>
        <translation>Der Suchindex war beschädigt und wurde beiseitegelegt. Er wird aus der Bibliothek neu aufgebaut; die Bibliothek hat nichts verloren.</translation>
    </message>
    <message>
        <source>The server asks nobody who they are: whoever reaches it can read and change the index.</source>
        <translation>Der Server verlangt keine Anmeldung: Wer ihn erreicht, kann den Index lesen und ändern.</translation>
    </message>
    <message>
        <source>The server at {0} does not speak TLS. Use http:// if it is meant to be unencrypted.</source>
        <translation>Der Server auf {0} spricht kein TLS. Wenn er unverschlüsselt sein soll, http:// verwenden.</translation>
    </message>
    <message>
        <source>The settings could not be saved to {0} ({1}). They hold until the program ends; make room or the folder writable to keep them.</source>
        <translation>Die Einstellungen ließen sich nicht in {0} speichern ({1}). Sie gelten, bis das Programm endet; damit sie bleiben, bitte Platz schaffen oder den Ordner beschreibbar machen.</translation>
    </message>
    <message>
        <source>The settings in {0} cannot be used ({1}); {2}.</source>
        <translation>Die Einstellungen in {0} sind unbrauchbar ({1}); {2}.</translation>
    </message>
    <message>
        <source>The starter model does not know people, events or moods.</source>
        <translation>Das Startmodell kennt keine Personen, Ereignisse oder Stimmungen.</translation>
    </message>
    <message>
        <source>The starter model&apos;s file {0} cannot be read ({1}). Install the program again to mend it.</source>
        <translation>Die Datei {0} des Startmodells lässt sich nicht lesen ({1}). Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>The starter model&apos;s text encoder is damaged ({0}). Install the program again to mend it.</source>
        <translation>Der Text-Encoder des Startmodells ist beschädigt ({0}). Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>The starter model&apos;s weight file does not fit ({0}). Install the program again to mend it.</source>
        <translation>Die Gewichtsdatei des Startmodells passt nicht ({0}). Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>The starter model&apos;s weight file is damaged ({0}). Install the program again to mend it.</source>
        <translation>Die Gewichtsdatei des Startmodells ist beschädigt ({0}). Eine Neuinstallation des Programms behebt das.</translation>
    </message>
    <message>
        <source>1 embedding</source>
        <translation>1 Einbettung</translation>
    </message>
    <message>
        <source> on imgsearch-*</source>
        <translation> für imgsearch-*</translation>
    </message>
    <message>
        <source>, and {0} more</source>
        <translation>, dazu {0} weitere</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>1 thumbnail</source>
        <translation>1 Vorschaubild</translation>
    </message>
    <message>
        <source>A faster version of the model cannot be written to {0} ({1}).</source>
        <translation>Eine schnellere Fassung des Modells lässt sich nicht in {0} schreiben ({1}).</translation>
    </message>
    <message>
        <source>At least {0} photos are needed to check a faster version of a model.</source>
        <translation>Um eine schnellere Fassung eines Modells zu prüfen, sind mindestens {0} Fotos nötig.</translation>
    </message>
    <message>
        <source>Elasticsearch answers at {0}.</source>
        <translation>Elasticsearch antwortet auf {0}.</translation>
    </message>
    <message>
        <source>Elasticsearch at {0}</source>
        <translation>Elasticsearch auf {0}</translation>
    </message>
    <message>
        <source>Elasticsearch cannot be reached with these settings for {0}. Check the address, the certificate and the fingerprint.</source>
        <translation>Elasticsearch ist mit diesen Einstellungen für {0} nicht erreichbar. Bitte Adresse, Zertifikat und Fingerabdruck prüfen.</translation>
    </message>
    <message>
        <source>It is kept as {0}.</source>
        <translation>Die beschädigte Datei wird als {0} aufbewahrt.</translation>
    </message>
    <message>
        <source>Its embedding is zero throughout and so has no direction.</source>
        <translation>Die Einbettung besteht nur aus Nullen und hat deshalb keine Richtung.</translation>
    </message>
    <message>
        <source>Lost: {0}.</source>
        <translation>Verloren: {0}.</translation>
    </message>
    <message>
        <source>No Elasticsearch address is set. Give its URL, such as https://localhost:9200.</source>
        <translation>Für Elasticsearch ist keine Adresse eingestellt. Bitte eine URL angeben, etwa https://localhost:9200.</translation>
    </message>
    <message>
        <source>Saved: {0}, {1}.</source>
        <translation>Gerettet: {0}, {1}.</translation>
    </message>
    <message>
        <source>The Elasticsearch address holds a name or password. Give them in their own fields instead, where they are kept safe.</source>
        <translation>Die Elasticsearch-Adresse enthält einen Namen oder ein Passwort. Beides gehört in die eigenen Felder, wo es sicher aufbewahrt wird.</translation>
    </message>
    <message>
        <source>The Elasticsearch address is no URL. It looks like https://localhost:9200.</source>
        <translation>Die Elasticsearch-Adresse ist keine URL. Eine URL sieht so aus: https://localhost:9200.</translation>
    </message>
    <message>
        <source>The catalogue in {0} was damaged and nothing in it could be read; a new, empty one has been made.</source>
        <translation>Der Katalog in {0} war beschädigt und nicht mehr lesbar; ein neuer, leerer wurde angelegt.</translation>
    </message>
    <message>
        <source>The catalogue in {0} was damaged.</source>
        <translation>Der Katalog in {0} war beschädigt.</translation>
    </message>
    <message>
        <source>The catalogue in {0} was damaged; what was intact has been saved.</source>
        <translation>Der Katalog in {0} war beschädigt; was noch heil war, ist gerettet.</translation>
    </message>
    <message>
        <source>The certificate file {0} is not there. Choose the file of the authority that signed the certificate of Elasticsearch.</source>
        <translation>Die Zertifikatdatei {0} fehlt. Gebraucht wird die Datei der Stelle, die das Zertifikat von Elasticsearch ausgestellt hat.</translation>
    </message>
    <message>
        <source>The file of the authority holds no certificate. Choose the PEM file of its certificate.</source>
        <translation>Die Datei der ausstellenden Stelle enthält kein Zertifikat. Bitte die PEM-Datei ihres Zertifikats wählen.</translation>
    </message>
    <message>
        <source>The search engine refused {0}: {1}</source>
        <translation>Die Suchmaschine hat {0} abgelehnt: {1}</translation>
    </message>
    <message>
        <source>The store of thumbnails in {0} was damaged. Saved: {1}; the others are made again when their photos are read. The damaged file is kept as {2}.</source>
        <translation>Der Speicher der Vorschaubilder in {0} war beschädigt. Gerettet: {1}; die anderen entstehen neu, wenn ihre Fotos gelesen werden. Die beschädigte Datei wird als {2} aufbewahrt.</translation>
    </message>
    <message>
        <source>The system could not read it ({0}).</source>
        <translation>Das System konnte es nicht lesen ({0}).</translation>
    </message>
    <message>
        <source>The thumbnails in {0} cannot be written. Make the folder writable, or choose another one for the library.</source>
        <translation>Die Vorschaubilder in {0} sind schreibgeschützt. Bitte den Ordner beschreibbar machen oder einen anderen für die Bibliothek wählen.</translation>
    </message>
    <message>
        <source>The thumbnails in {0} could not be read or written ({1}). Check that the disk is connected and healthy.</source>
        <translation>Die Vorschaubilder in {0} ließen sich nicht lesen oder schreiben ({1}). Bitte prüfen, ob der Datenträger verbunden und in Ordnung ist.</translation>
    </message>
    <message>
        <source>The thumbnails in {0} were written by a newer version of ImgSearch Desktop. Update the program, or choose another library.</source>
        <translation>Die Vorschaubilder in {0} stammen von einer neueren Version von ImgSearch Desktop. Bitte das Programm aktualisieren oder eine andere Bibliothek wählen.</translation>
    </message>
    <message>
        <source>The two halves of the model in {0} do not belong together: embeddings of pictures have {1} numbers, those of texts {2}.</source>
        <translation>Die beiden Hälften des Modells in {0} gehören nicht zusammen: Einbettungen von Bildern haben {1} Zahlen, die von Texten {2}.</translation>
    </message>
    <message>
        <source>The two models do not belong together: {0} gives embeddings of {1} numbers, {2} of {3}.</source>
        <translation>Die beiden Modelle gehören nicht zusammen: {0} liefert Einbettungen aus {1} Zahlen, {2} aus {3}.</translation>
    </message>
    <message>
        <source>The vectors cannot be laid out for searching: {0}. Free some space on the disk of the cache directory and try again.</source>
        <translation>Die Vektoren lassen sich nicht für die Suche ablegen: {0}. Bitte auf dem Datenträger des Cache-Ordners Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The version cannot be seen without the cluster privilege monitor. It has to be 9.2 or later.</source>
        <translation>Ohne das Cluster-Recht „monitor“ ist die Version nicht zu sehen. Es muss 9.2 oder neuer sein.</translation>
    </message>
    <message>
        <source>There is no folder {0}, and no model at the hub can be called that.</source>
        <translation>Es gibt keinen Ordner {0}, und kein Modell am Modell-Hub kann so heißen.</translation>
    </message>
    <message>
        <source>There is no folder {0}.</source>
        <translation>Den Ordner {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no folder {0}. Check how it is written and whether its drive is connected.</source>
        <translation>Den Ordner {0} gibt es nicht. Bitte die Schreibweise prüfen und ob sein Laufwerk verbunden ist.</translation>
    </message>
    <message>
        <source>There is no index of this library yet; it will be made.</source>
        <translation>Für diese Bibliothek gibt es noch keinen Index; er wird angelegt.</translation>
    </message>
    <message>
        <source>There is no index {0} on Elasticsearch at {1}. Check its name.</source>
        <translation>Auf Elasticsearch unter {1} gibt es keinen Index {0}. Bitte den Namen prüfen.</translation>
    </message>
    <message>
        <source>There is no model {0} on the list that files could be taken for.</source>
        <translation>Ein Modell {0}, zu dem Dateien passen könnten, steht nicht auf der Liste.</translation>
    </message>
    <message>
        <source>There is no model {0} on this computer, and none on the list. imgsearch models tells which there are.</source>
        <translation>Ein Modell {0} gibt es weder auf diesem Rechner noch auf der Liste. imgsearch models zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>There is no permission to read the file.</source>
        <translation>Die Datei darf nicht gelesen werden: Die Berechtigung fehlt.</translation>
    </message>
    <message>
        <source>There is no photo to search here: none is indexed yet, or none passes the filters.</source>
        <translation>Hier gibt es kein Foto zu durchsuchen: Noch ist keins indiziert, oder keins passt zu den Filtern.</translation>
    </message>
    <message>
        <source>There is no room for a faster version of the model on the disk that holds {0}. Make room and try again.</source>
        <translation>Auf dem Datenträger von {0} ist kein Platz für eine schnellere Fassung des Modells. Bitte Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>There is no room for temporary files, so the photo cannot be shown in full. Free some space.</source>
        <translation>Für temporäre Dateien ist kein Platz, deshalb lässt sich das Foto nicht in voller Größe zeigen. Bitte Platz schaffen.</translation>
    </message>
    <message>
        <source>There is no room left in {0}. What was copied before is there; make room and copy the rest.</source>
        <translation>In {0} ist kein Platz mehr. Was schon kopiert wurde, ist da; bitte Platz schaffen und den Rest kopieren.</translation>
    </message>
    <message>
        <source>There is not enough memory for the search. Close other programs and try again.</source>
        <translation>Für die Suche reicht der Arbeitsspeicher nicht. Bitte andere Programme schließen und erneut versuchen.</translation>
    </message>
    <message>
        <source>There is nothing to go by in these words.</source>
        <translation>Mit diesen Wörtern lässt sich nichts suchen.</translation>
    </message>
    <message>
        <source>This RAW file is damaged, or its camera is not known.</source>
        <translation>Diese RAW-Datei ist beschädigt, oder ihre Kamera ist unbekannt.</translation>
    </message>
    <message>
        <source>This file could not be read because of an error in the program.</source>
        <translation>Diese Datei ließ sich wegen eines Programmfehlers nicht lesen.</translation>
    </message>
    <message>
        <source>This file crashed the decoder.</source>
        <translation>Diese Datei hat den Bilddecoder zum Absturz gebracht.</translation>
    </message>
    <message>
        <source>This is a folder, not a picture.</source>
        <translation>Das ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>This is a video, not a picture.</source>
        <translation>Das ist ein Video, kein Bild.</translation>
    </message>
    <message>
        <source>This is a web page, not a picture.</source>
        <translation>Das ist eine Webseite, kein Bild.</translation>
    </message>
    <message>
        <source>This is not a picture in a format that can be read.</source>
        <translation>Das ist kein Bild in einem lesbaren Format.</translation>
    </message>
    <message>
        <source>This is not a regular file but a device, pipe or socket.</source>
        <translation>Das ist keine gewöhnliche Datei, sondern ein Gerät, eine Pipe oder ein Socket.</translation>
    </message>
    <message>
        <source>This is {0}, a format that is not supported.</source>
        <translation>Das ist {0}; dieses Format wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>This is {0}, whose inside belongs to that program; its photos are not searched. Export them to a folder to search them too.</source>
        <translation>Das ist {0}; das Innere gehört jenem Programm und wird nicht durchsucht. In einen Ordner exportiert, lassen sich auch diese Fotos finden.</translation>
    </message>
    <message>
        <source>This library has embeddings of {0} models, which is as many as it can hold. Use one of them, or begin a new library.</source>
        <translation>Diese Bibliothek enthält Einbettungen von {0} Modellen, mehr fasst sie nicht. Bitte eines davon benutzen oder eine neue Bibliothek beginnen.</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>Zu viele Verknüpfungen hintereinander</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>Zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Two models run by sentence-transformers, as in the published recipe. Slower than ONNX.</source>
        <translation>Zwei Modelle, die sentence-transformers ausführt, wie im veröffentlichten Rezept. Langsamer als ONNX.</translation>
    </message>
    <message>
        <source>Uploading a model needs an extra that is not installed ({0}). Install it with: pip install &apos;imgsearch-desktop[eland]&apos;</source>
        <translation>Zum Hochladen eines Modells fehlt eine Erweiterung ({0}). Sie lässt sich installieren mit: pip install &apos;imgsearch-desktop[eland]&apos;</translation>
    </message>
    <message>
        <source>Weaker matches end at the nearest {0} of {1} photos.</source>
        <translation>Schwächere Treffer enden bei den nächsten {0} von {1} Fotos.</translation>
    </message>
    <message>
        <source>What {0} sends is no photo ({1}). Drop the picture itself, or its own address.</source>
        <translation>Was {0} sendet, ist kein Foto ({1}). Bitte das Bild selbst oder seine eigene Adresse hierher ziehen.</translation>
    </message>
    <message>
        <source>Where results end could not be measured anew: {0}</source>
        <translation>Wo Ergebnisse enden, ließ sich nicht neu messen: {0}</translation>
    </message>
    <message>
        <source>XLM-RoBERTa CLIP</source>
        <translation>XLM-RoBERTa CLIP</translation>
    </message>
    <message>
        <source>Your photos are not affected: add your folders again.</source>
        <translation>Die Fotos sind nicht betroffen; die Ordner einfach erneut hinzufügen.</translation>
    </message>
    <message>
        <source>a Capture One catalogue</source>
        <translation>ein Katalog von Capture One</translation>
    </message>
    <message>
        <source>a DirectDraw texture</source>
        <translation>eine DirectDraw-Textur</translation>
    </message>
    <message>
        <source>a FLI animation</source>
        <translation>eine FLI-Animation</translation>
    </message>
    <message>
        <source>a GIMP document</source>
        <translation>ein GIMP-Dokument</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>ein JPEG-2000-Bild</translation>
    </message>
    <message>
        <source>a Lightroom library</source>
        <translation>eine Bibliothek von Lightroom</translation>
    </message>
    <message>
        <source>a Netpbm picture</source>
        <translation>ein Netpbm-Bild</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a Photo Booth library</source>
        <translation>eine Bibliothek von Photo Booth</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>ein Photoshop-Dokument</translation>
    </message>
    <message>
        <source>a PostScript document</source>
        <translation>ein PostScript-Dokument</translation>
    </message>
    <message>
        <source>a game texture</source>
        <translation>eine Spieltextur</translation>
    </message>
    <message>
        <source>a mouse pointer</source>
        <translation>ein Mauszeiger</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>ein Video</translation>
    </message>
    <message>
        <source>an Aperture library</source>
        <translation>eine Bibliothek von Aperture</translation>
    </message>
    <message>
        <source>an Apple Photos library</source>
        <translation>eine Bibliothek von Apple Fotos</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>ein OpenEXR-Bild</translation>
    </message>
    <message>
        <source>an SGI picture</source>
        <translation>ein SGI-Bild</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>eine SVG-Zeichnung</translation>
    </message>
    <message>
        <source>an archive</source>
        <translation>ein Archiv</translation>
    </message>
    <message>
        <source>an iPhoto library</source>
        <translation>eine Bibliothek von iPhoto</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>ein Symbol</translation>
    </message>
    <message>
        <source>another process is fetching this model</source>
        <translation>ein anderer Prozess lädt dieses Modell gerade</translation>
    </message>
    <message>
        <source>do this</source>
        <translation>das zu tun</translation>
    </message>
    <message>
        <source>embeddings of {0} dimensions</source>
        <translation>Einbettungen mit {0} Dimensionen</translation>
    </message>
    <message>
        <source>holds photos as another model or version sees them</source>
        <translation>enthält Fotos, wie ein anderes Modell oder eine andere Version sie sieht,</translation>
    </message>
    <message>
        <source>in some minutes</source>
        <translation>in einigen Minuten</translation>
    </message>
    <message>
        <source>in {0} seconds</source>
        <translation>in {0} Sekunden</translation>
    </message>
    <message>
        <source>is an alias of another index</source>
        <translation>ist ein Alias eines anderen Index</translation>
    </message>
    <message>
        <source>it gave another number of answers than it was asked for</source>
        <translation>es gab eine andere Zahl von Antworten als gefragt</translation>
    </message>
    <message>
        <source>it gives {0} where {1} are needed</source>
        <translation>es liefert {0}, gebraucht werden {1}</translation>
    </message>
    <message>
        <source>it has been set aside as {0}, and the defaults hold</source>
        <translation>die Datei liegt jetzt als {0} daneben, und es gelten die Vorgaben</translation>
    </message>
    <message>
        <source>it is not text</source>
        <translation>sie enthält keinen Text</translation>
    </message>
    <message>
        <source>line {0} is not JSON</source>
        <translation>Zeile {0} ist kein JSON</translation>
    </message>
    <message>
        <source>look after the index</source>
        <translation>den Index zu verwalten</translation>
    </message>
    <message>
        <source>look at the server</source>
        <translation>den Server abzufragen</translation>
    </message>
    <message>
        <source>make an index</source>
        <translation>einen Index anzulegen</translation>
    </message>
    <message>
        <source>no embeddings</source>
        <translation>keine Einbettungen</translation>
    </message>
    <message>
        <source>the defaults hold until it is mended</source>
        <translation>bis das behoben ist, gelten die Vorgaben</translation>
    </message>
    <message>
        <source>the process that prepares it has ended; there may be too little memory</source>
        <translation>der Prozess, der es vorbereitet, ist abgebrochen; vielleicht reicht der Speicher nicht</translation>
    </message>
    <message>
        <source>was not made by ImgSearch Desktop</source>
        <translation>stammt nicht von ImgSearch Desktop</translation>
    </message>
    <message>
        <source>what it gives are no embeddings</source>
        <translation>was es liefert, sind keine Einbettungen</translation>
    </message>
    <message>
        <source>write photos</source>
        <translation>Fotos zu schreiben</translation>
    </message>
    <message>
        <source>{0} Searches use {1} meanwhile.</source>
        <translation>{0} Gesucht wird solange mit {1}.</translation>
    </message>
    <message>
        <source>The embedded engine answers meanwhile.</source>
        <translation>Solange antwortet die eingebaute Suchmaschine.</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} und {1} weitere</translation>
    </message>
    <message>
        <source>{0} cannot be searched with: {1}</source>
        <translation>Mit {0} lässt sich nicht suchen: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be written ({1}). Nothing there was changed; choose another folder.</source>
        <translation>{0} ist schreibgeschützt ({1}). Dort wurde nichts verändert; bitte einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{0} could not be reached. Check the connection, or save the picture and drop the file.</source>
        <translation>{0} ist nicht erreichbar. Bitte die Verbindung prüfen oder das Bild speichern und die Datei hierher ziehen.</translation>
    </message>
    <message>
        <source>{0} could not be read before and did not change since.</source>
        <translation>Schon früher nicht lesbar und seitdem unverändert: {0}.</translation>
    </message>
    <message>
        <source>{0} could not be removed ({1}). It is still where it was; check whether you may write to its folder.</source>
        <translation>{0} ließ sich nicht entfernen ({1}). Die Datei liegt noch, wo sie war; bitte prüfen, ob ihr Ordner beschreibbar ist.</translation>
    </message>
    <message>
        <source>{0} did not answer in time. Try again, or save the picture and drop the file.</source>
        <translation>{0} hat nicht rechtzeitig geantwortet. Bitte erneut versuchen oder das Bild speichern und die Datei hierher ziehen.</translation>
    </message>
    <message>
        <source>{0} does not hand out this picture (it answered {1}). Save the picture and drop the file instead.</source>
        <translation>{0} gibt dieses Bild nicht heraus (Antwort: {1}). Stattdessen das Bild speichern und die Datei hierher ziehen.</translation>
    </message>
    <message>
        <source>{0} does not hold all photos of this library yet.</source>
        <translation>{0} enthält noch nicht alle Fotos dieser Bibliothek.</translation>
    </message>
    <message>
        <source>{0} is not the file that the model {1} was stored with. It was damaged on its way; copy the folder again.</source>
        <translation>{0} ist nicht die Datei, mit der das Modell {1} gespeichert wurde. Sie wurde unterwegs beschädigt; bitte den Ordner erneut kopieren.</translation>
    </message>
    <message>
        <source>{0} is not used any more.</source>
        <translation>{0} wird nicht mehr benutzt.</translation>
    </message>
    <message>
        <source>{0} is part of the program and stays.</source>
        <translation>{0} gehört zum Programm und bleibt.</translation>
    </message>
    <message>
        <source>{0} refused the work: {1}.</source>
        <translation>{0} hat die Arbeit abgelehnt: {1}.</translation>
    </message>
    <message>
        <source>{0} takes pictures of {1} pixels, but what lies beside it says {2}. Fetch the model again.</source>
        <translation>{0} nimmt Bilder mit {1} Pixeln, daneben steht aber {2}. Bitte das Modell erneut laden.</translation>
    </message>
    <message>
        <source>{n} embeddings</source>
        <translation>{n} Einbettungen</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} Dateien</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} Fotos</translation>
    </message>
    <message>
        <source>{n} thumbnails</source>
        <translation>{n} Vorschaubilder</translation>
    </message>
    <message>
        <source>{0} has changed since it was last looked at, so it was left where it is. Rescan its folder and look again.</source>
        <translation>{0} hat sich seit dem letzten Blick verändert und wurde deshalb liegen gelassen. Bitte den Ordner neu durchsuchen und noch einmal ansehen.</translation>
    </message>
    <message>
        <source>The certificate of {0} has expired. It has to be renewed on the server.</source>
        <translation>Das Zertifikat von {0} ist abgelaufen. Es muss auf dem Server erneuert werden.</translation>
    </message>
    <message>
        <source>The certificate of {0} is made out to another name. Use that name in the address.</source>
        <translation>Das Zertifikat von {0} gilt für einen anderen Namen. Bitte diesen Namen in der Adresse verwenden.</translation>
    </message>
    <message>
        <source>The certificate of {0} is not signed by an authority that is trusted here. Choose the file of its authority, or give the fingerprint of its certificate.</source>
        <translation>Das Zertifikat von {0} stammt von keiner Stelle, der hier vertraut wird. Bitte die Zertifikatdatei dieser Stelle wählen oder den Fingerabdruck des Zertifikats angeben.</translation>
    </message>
    <message>
        <source>The certificate of {0} is not the one with this fingerprint. Check the fingerprint; if it is right, somebody may be in between.</source>
        <translation>Das Zertifikat von {0} hat einen anderen Fingerabdruck. Bitte den Fingerabdruck prüfen; stimmt er, sitzt vielleicht jemand dazwischen.</translation>
    </message>
    <message>
        <source>The connection is not encrypted: whoever is in between can read it. Use https:// if the server can.</source>
        <translation>Die Verbindung ist unverschlüsselt: Wer dazwischen sitzt, kann mitlesen. Wenn der Server es kann, https:// verwenden.</translation>
    </message>
    <message>
        <source>The disk is full before the model is complete. What has come so far is kept. Make room and go on.</source>
        <translation>Der Datenträger ist voll, bevor das Modell vollständig ist. Was schon da ist, bleibt erhalten. Bitte Platz schaffen und fortsetzen.</translation>
    </message>
    <message>
        <source>The disk of {0} is almost full, so it takes no more changes. Free some room there; the changes wait until then.</source>
        <translation>Der Datenträger von {0} ist fast voll, deshalb werden keine Änderungen mehr angenommen. Bitte dort Platz schaffen; die Änderungen warten so lange.</translation>
    </message>
    <message>
        <source>The index on {0} has been made read-only. Take the block off it; the changes wait until then.</source>
        <translation>Der Index in {0} ist schreibgeschützt. Bitte die Sperre aufheben; die Änderungen warten so lange.</translation>
    </message>
    <message>
        <source>The index on {0} is gone. It is filled again from the library.</source>
        <translation>Der Index in {0} ist verschwunden. Er wird aus der Bibliothek neu gefüllt.</translation>
    </message>
    <message>
        <source>The index {0} belongs to another library. Delete or rename it there if this library is to be searched with Elasticsearch.</source>
        <translation>Der Index {0} gehört zu einer anderen Bibliothek. Soll diese mit Elasticsearch durchsucht werden, muss er dort gelöscht oder umbenannt werden.</translation>
    </message>
    <message>
        <source>The index {0} holds {1}.</source>
        <translation>Der Index {0} enthält {1}.</translation>
    </message>
    <message>
        <source>This user or API key lacks the index privilege {0} on imgsearch-*. Give it to them.</source>
        <translation>Diesem Benutzer oder API-Schlüssel fehlt das Index-Recht {0} für imgsearch-*. Bitte erteilen.</translation>
    </message>
    <message>
        <source>What answers at {0} is not Elasticsearch. Check the address and the port.</source>
        <translation>Was auf {0} antwortet, ist nicht Elasticsearch. Bitte Adresse und Port prüfen.</translation>
    </message>
    <message>
        <source>What has come so far is kept.</source>
        <translation>Was schon da ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>the requests are too large for what stands in front of it; raise its limit to 32 MB</source>
        <translation>die Anfragen sind zu groß für das, was davor steht; dessen Grenze auf 32 MB anheben</translation>
    </message>
    <message>
        <source>{0} cannot be reached, or the connection broke ({1}). The model in use goes on working. What has come so far is kept. Try again when the connection is back, or name a mirror in HF_ENDPOINT.</source>
        <translation>{0} ist nicht erreichbar, oder die Verbindung brach ab ({1}). Das jetzige Modell arbeitet weiter. Was schon da ist, bleibt erhalten. Bitte erneut versuchen, wenn die Verbindung wieder steht, oder in HF_ENDPOINT einen Spiegel nennen.</translation>
    </message>
    <message>
        <source>{0} cannot be reached. Check that it runs and that the address is right, http:// or https:// included.</source>
        <translation>{0} ist nicht erreichbar. Bitte prüfen, ob der Server läuft und die Adresse stimmt, auch http:// oder https://.</translation>
    </message>
    <message>
        <source>{0} cannot run the model&apos;s file {1}.</source>
        <translation>{0} kann die Modelldatei {1} nicht ausführen.</translation>
    </message>
    <message>
        <source>{0} did not answer in time. It may be busy or cut off; it is tried again later.</source>
        <translation>{0} hat nicht rechtzeitig geantwortet. Vielleicht ausgelastet oder abgeschnitten; später wird es erneut versucht.</translation>
    </message>
    <message>
        <source>{0} does not accept the user and password or the API key. Check them, and whether the key has expired.</source>
        <translation>{0} akzeptiert Benutzer und Passwort oder den API-Schlüssel nicht. Bitte prüfen, auch ob der Schlüssel abgelaufen ist.</translation>
    </message>
    <message>
        <source>{0} does not allow this user or API key to {1}. Give it the index privileges read, write and manage on imgsearch-*.</source>
        <translation>{0} erlaubt diesem Benutzer oder API-Schlüssel nicht, {1}. Bitte die Index-Rechte read, write und manage für imgsearch-* erteilen.</translation>
    </message>
    <message>
        <source>{0} does not allow this user or API key to {1}: it lacks the {2} privilege {3}{4}. Give it that one.</source>
        <translation>{0} erlaubt diesem Benutzer oder API-Schlüssel nicht, {1}: Es fehlt das Recht {3} ({2}){4}. Bitte erteilen.</translation>
    </message>
    <message>
        <source>{0} does not have these files, or not for everybody (answer {1}). The model in use goes on working. They may have moved: look for a newer version of this program, or import a folder.</source>
        <translation>{0} hat diese Dateien nicht oder gibt sie nicht jedem (Antwort {1}). Das jetzige Modell arbeitet weiter. Vielleicht sind sie umgezogen: nach einer neueren Version dieses Programms sehen oder einen Ordner importieren.</translation>
    </message>
    <message>
        <source>{0} encodes its texts itself; the cluster does so for downloaded models.</source>
        <translation>{0} verarbeitet seine Texte selbst; der Cluster tut das für geladene Modelle.</translation>
    </message>
    <message>
        <source>{0} has a problem of its own (answer {1}). The model in use goes on working. What has come so far is kept. Try again later.</source>
        <translation>{0} hat selbst ein Problem (Antwort {1}). Das jetzige Modell arbeitet weiter. Was schon da ist, bleibt erhalten. Bitte später erneut versuchen.</translation>
    </message>
    <message>
        <source>{0} has no file {1} in {2}. It may have moved: look for a newer version of this program, or import a folder.</source>
        <translation>{0} hat in {2} keine Datei {1}. Vielleicht ist sie umgezogen: nach einer neueren Version dieses Programms sehen oder einen Ordner importieren.</translation>
    </message>
    <message>
        <source>{0} has no files here that could be made faster.</source>
        <translation>{0} hat hier keine Dateien, die schneller gemacht werden könnten.</translation>
    </message>
    <message>
        <source>{0} has no machine learning, so it can run no model. Searches are encoded on this computer meanwhile. Where it is wanted, turn on xpack.ml.enabled there.</source>
        <translation>{0} hat kein maschinelles Lernen, deshalb läuft dort kein Modell. Suchen werden solange auf diesem Rechner verarbeitet. Wer es will, schaltet dort xpack.ml.enabled ein.</translation>
    </message>
    <message>
        <source>{0} has not seen any photo yet. Try again in a minute.</source>
        <translation>{0} hat noch kein Foto gesehen. Bitte in einer Minute erneut versuchen.</translation>
    </message>
    <message>
        <source>{0} has too much to do and asks to wait. What has come so far is kept. Go on {1}.</source>
        <translation>{0} ist überlastet und bittet zu warten. Was schon da ist, bleibt erhalten. Bitte {1} fortsetzen.</translation>
    </message>
    <message>
        <source>{0} is a file; choose the folder it lies in.</source>
        <translation>{0} ist eine Datei; bitte den Ordner wählen, in dem sie liegt.</translation>
    </message>
    <message>
        <source>{0} is gone; its photos are kept and marked missing.</source>
        <translation>{0} ist verschwunden; die Fotos bleiben in der Bibliothek und gelten als fehlend.</translation>
    </message>
    <message>
        <source>{0} is in use and cannot be removed. Use another model first.</source>
        <translation>{0} ist in Gebrauch und lässt sich nicht entfernen. Bitte zuerst ein anderes Modell benutzen.</translation>
    </message>
    <message>
        <source>{0} is not a folder of the library, so it cannot be removed. Its folders are: {1}.</source>
        <translation>{0} ist kein Ordner der Bibliothek und lässt sich deshalb nicht entfernen. Ihre Ordner: {1}.</translation>
    </message>
    <message>
        <source>{0} is not a text encoder that this program knows. It cannot be used here.</source>
        <translation>{0} ist kein Text-Encoder, den dieses Programm kennt, und lässt sich hier nicht benutzen.</translation>
    </message>
    <message>
        <source>{0} is not an image encoder that this program knows. It cannot be used here.</source>
        <translation>{0} ist kein Bild-Encoder, den dieses Programm kennt, und lässt sich hier nicht benutzen.</translation>
    </message>
    <message>
        <source>{0} is not ready ({1}). It is tried again later; nothing is lost.</source>
        <translation>{0} ist nicht bereit ({1}). Später wird es erneut versucht; nichts geht verloren.</translation>
    </message>
    <message>
        <source>{0} is not what {1} announced, in two tries: it was damaged or changed on its way. Nothing of it is used. Try again later, or over another network.</source>
        <translation>{0} ist auch beim zweiten Versuch nicht, was {1} angekündigt hat: unterwegs beschädigt oder verändert. Nichts davon wird benutzt. Bitte später oder über ein anderes Netz erneut versuchen.</translation>
    </message>
    <message>
        <source>{0} is overloaded or not ready ({1}{2}). It is tried again later; nothing is lost.</source>
        <translation>{0} ist überlastet oder nicht bereit ({1}{2}). Später wird es erneut versucht; nichts geht verloren.</translation>
    </message>
    <message>
        <source>{0} is writing to the library in {1}. Searching is still possible; to change the library, wait until that process is done or close it.</source>
        <translation>{0} schreibt gerade in die Bibliothek in {1}. Suchen geht weiterhin; für Änderungen bitte warten, bis er fertig ist, oder ihn beenden.</translation>
    </message>
    <message>
        <source>{0} knows {1} % of the photos so far; the others are found once it has seen them.</source>
        <translation>{0} kennt bisher {1} % der Fotos; die anderen werden gefunden, sobald es sie gesehen hat.</translation>
    </message>
    <message>
        <source>{0} lies in {1}, which is in the library already; all of it was looked through.</source>
        <translation>{0} liegt in {1}, das schon in der Bibliothek ist; alles darin wurde durchsucht.</translation>
    </message>
    <message>
        <source>{0} lies on a drive without a trash. It was left where it is.</source>
        <translation>{0} liegt auf einem Laufwerk ohne Papierkorb und wurde dort gelassen.</translation>
    </message>
    <message>
        <source>{0} needs these embeddings. Choose another model first.</source>
        <translation>{0} braucht diese Einbettungen. Bitte zuerst ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>{0} photos or more match; the best of them are shown.</source>
        <translation>{0} Fotos oder mehr passen; die besten davon sind zu sehen.</translation>
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
            <numerusform>Wann wurde %n Foto aufgenommen?</numerusform>
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
        <source>Test connection</source>
        <translation>Verbindung prüfen</translation>
    </message>
    <message>
        <source>Use this server</source>
        <translation>Diesen Server benutzen</translation>
    </message>
    <message>
        <source>Rebuild the index</source>
        <translation>Index neu aufbauen</translation>
    </message>
    <message>
        <source>Let it encode searches</source>
        <translation>Suchen dort kodieren</translation>
    </message>
    <message>
        <source>Uploads CLIP&apos;s text model and starts it there. Needs machine learning on the server.</source>
        <translation>Lädt das Textmodell von CLIP hoch und startet es dort. Der Server braucht dafür maschinelles Lernen.</translation>
    </message>
    <message>
        <source>The embedded engine needs no server and no set-up.</source>
        <translation>Die eingebaute Suchmaschine braucht keinen Server und keine Einrichtung.</translation>
    </message>
    <message>
        <source>Filling the index: {done}</source>
        <translation>Index wird gefüllt: {done}</translation>
    </message>
    <message>
        <source>Preparing and starting the model on Elasticsearch…</source>
        <translation>Das Modell wird für Elasticsearch vorbereitet und gestartet …</translation>
    </message>
    <message>
        <source>Uploading the model: {done} of {total}</source>
        <translation>Modell wird hochgeladen: {done} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>Index {name}: %n photo(s), {size}</source>
        <translation>
            <numerusform>Index {name}: %n Foto, {size}</numerusform>
            <numerusform>Index {name}: %n Fotos, {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were refused: {reason}</source>
        <translation>
            <numerusform>%n Foto wurde abgelehnt: {reason}</numerusform>
            <numerusform>%n Fotos wurden abgelehnt: {reason}</numerusform>
        </translation>
    </message>
    <message>
        <source>Embedded</source>
        <translation>Eingebaut</translation>
    </message>
</context>
<context>
    <name>EnginePagePresenter</name>
    <message>
        <source>Trying the connection…</source>
        <translation>Verbindung wird geprüft …</translation>
    </message>
    <message>
        <source>This system has no keyring: the password or key holds until the program ends. IMGSEARCH_ES_API_KEY can hold an API key instead.</source>
        <translation>Dieses System hat keinen Schlüsselbund: Passwort oder Schlüssel gelten, bis das Programm endet. Ein API-Schlüssel kann auch in IMGSEARCH_ES_API_KEY stehen.</translation>
    </message>
    <message>
        <source>The index has been built anew.</source>
        <translation>Der Index ist neu aufgebaut.</translation>
    </message>
    <message>
        <source>Building the index anew…</source>
        <translation>Index wird neu aufgebaut …</translation>
    </message>
    <message>
        <source>Elasticsearch encodes searches now.</source>
        <translation>Elasticsearch kodiert jetzt die Suchen.</translation>
    </message>
    <message>
        <source>Preparing and starting the model on Elasticsearch…</source>
        <translation>Das Modell wird für Elasticsearch vorbereitet und gestartet …</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>Elasticsearch is away</source>
        <translation>Elasticsearch ist nicht erreichbar</translation>
    </message>
    <message>
        <source>1 change waiting</source>
        <translation>1 Änderung wartet</translation>
    </message>
    <message>
        <source>{count} changes waiting</source>
        <translation>{count} Änderungen warten</translation>
    </message>
    <message>
        <source>Elasticsearch is away: {changes}</source>
        <translation>Elasticsearch ist nicht erreichbar: {changes}</translation>
    </message>
    <message>
        <source>Elasticsearch is up to date</source>
        <translation>Elasticsearch ist auf dem neuesten Stand</translation>
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
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
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
    <name>FirstLookPanel</name>
    <message>
        <source>First look at the folder</source>
        <translation>Erster Blick in den Ordner</translation>
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
    <name>ModelCard</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Herunterladen …</translation>
    </message>
    <message>
        <source>Make faster</source>
        <translation>Schneller machen</translation>
    </message>
    <message>
        <source>Makes a version that encodes photos faster. It is compared with this one on your photos and kept only if it finds the same.</source>
        <translation>Erstellt eine Fassung, die Fotos schneller einliest. Sie wird an Ihren Fotos mit dieser verglichen und nur behalten, wenn sie dasselbe findet.</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Agree and download</source>
        <translation>Zustimmen und herunterladen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>In use, knows {percent} % of your photos</source>
        <translation>In Gebrauch, kennt {percent} % Ihrer Fotos</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Learning your photos: {percent} %</source>
        <translation>Lernt die Fotos kennen: {percent} %</translation>
    </message>
    <message>
        <source>Recommended · {state}</source>
        <translation>Empfohlen · {state}</translation>
    </message>
    <message>
        <source>Go on…</source>
        <translation>Fortsetzen …</translation>
    </message>
    <message>
        <source>Licence: {licence} ({links}). {size} are fetched from the model hub; your photos never leave this computer.</source>
        <translation>Lizenz: {licence} ({links}). Vom Modell-Hub werden {size} geladen; die Fotos verlassen diesen Rechner nie.</translation>
    </message>
    <message>
        <source>Take it off the list, with what it has learned of your photos? Its files stay, and so do the photos.</source>
        <translation>Aus der Liste nehmen, mit allem, was das Modell über die Fotos gelernt hat? Seine Dateien bleiben, die Fotos auch.</translation>
    </message>
    <message>
        <source>Delete its files ({size}) and what it has learned of your photos? The photos stay.</source>
        <translation>Die Dateien ({size}) löschen und alles, was das Modell über die Fotos gelernt hat? Die Fotos bleiben.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>ModelPresenter</name>
    <message>
        <source>Better search also understands people, events and moods, in many languages. Its model {name} ({size}) is fetched once and works offline from then on.</source>
        <translation>Die bessere Suche versteht auch Personen, Ereignisse und Stimmungen, in vielen Sprachen. Ihr Modell {name} ({size}) wird einmal geladen und arbeitet danach ohne Internet.</translation>
    </message>
    <message>
        <source>Better search…</source>
        <translation>Bessere Suche …</translation>
    </message>
    <message>
        <source>Better search does ({size})</source>
        <translation>Die bessere Suche kennt sie ({size})</translation>
    </message>
    <message>
        <source>{name} is under the licence {licence} ({url}). {size} are fetched from the model hub; your photos never leave this computer.</source>
        <translation>{name} steht unter der Lizenz {licence} ({url}). Vom Modell-Hub werden {size} geladen; die Fotos verlassen diesen Rechner nie.</translation>
    </message>
    <message>
        <source>Agree and fetch</source>
        <translation>Zustimmen und laden</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{name} is being fetched. You can go on searching.</source>
        <translation>{name} wird geladen. Suchen geht solange weiter.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Fetching was stopped. What has come is kept; the present model goes on searching.</source>
        <translation>Das Laden wurde abgebrochen. Was schon da ist, bleibt erhalten; das jetzige Modell sucht weiter.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The new model is learning your photos: {percent} % of photos so far. Search goes on with the present one.</source>
        <translation>Das neue Modell lernt die Fotos kennen: bisher {percent} %. Gesucht wird solange mit dem jetzigen.</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>Jetzt benutzen</translation>
    </message>
    <message>
        <source>{name} searches now.</source>
        <translation>Ab jetzt sucht {name}.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be learned: browsing shows them, searching does not.</source>
        <translation>
            <numerusform>%n Foto ließ sich nicht lernen: Blättern zeigt es, die Suche findet es nicht.</numerusform>
            <numerusform>%n Fotos ließen sich nicht lernen: Blättern zeigt sie, die Suche findet sie nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Learning was stopped: searches find the photos that the model knows so far. It learns the others when the program starts again.</source>
        <translation>Das Lernen wurde angehalten: Die Suche findet die Fotos, die das Modell bisher kennt. Die übrigen lernt es beim nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>The present model goes on searching. What the new one has learned is kept.</source>
        <translation>Das jetzige Modell sucht weiter. Was das neue gelernt hat, bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>CLIP, multilingual</source>
        <translation>CLIP, mehrsprachig</translation>
    </message>
    <message>
        <source>CLIP, multilingual, full precision</source>
        <translation>CLIP, mehrsprachig, volle Genauigkeit</translation>
    </message>
    <message>
        <source>XLM-RoBERTa CLIP</source>
        <translation>XLM-RoBERTa CLIP</translation>
    </message>
    <message>
        <source>SigLIP 2, B/16</source>
        <translation>SigLIP 2, B/16</translation>
    </message>
    <message>
        <source>Part of the program, works offline. Knows things, animals, food and scenes; not people, events or moods.</source>
        <translation>Gehört zum Programm, arbeitet ohne Internet. Kennt Dinge, Tiere, Essen und Szenen, aber keine Personen, Ereignisse oder Stimmungen.</translation>
    </message>
    <message>
        <source>Understands people, events and moods too, in more than 50 languages. The smallest download.</source>
        <translation>Versteht auch Personen, Ereignisse und Stimmungen, in mehr als 50 Sprachen. Der kleinste Download.</translation>
    </message>
    <message>
        <source>The same model with photos encoded in full precision, as in the published recipe.</source>
        <translation>Dasselbe Modell, das Fotos mit voller Genauigkeit berechnet, wie im veröffentlichten Rezept.</translation>
    </message>
    <message>
        <source>Equally good over many languages, rare ones too. A large text encoder; photos as fast as with CLIP.</source>
        <translation>In vielen Sprachen gleich gut, auch in seltenen. Ein großer Text-Encoder; Fotos so schnell wie mit CLIP.</translation>
    </message>
    <message>
        <source>Finds finer details, in many languages. Large, and several times slower per photo.</source>
        <translation>Findet feinere Einzelheiten, in vielen Sprachen. Groß und pro Foto mehrfach langsamer.</translation>
    </message>
    <message>
        <source>MIT and Apache-2.0</source>
        <translation>MIT und Apache-2.0</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>viele Sprachen</translation>
    </message>
    <message>
        <source>about {count} photos/s</source>
        <translation>etwa {count} Fotos/s</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>Lizenz unbekannt</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>{size} Arbeitsspeicher</translation>
    </message>
    <message>
        <source>1 language</source>
        <translation>1 Sprache</translation>
    </message>
    <message>
        <source>{count} languages</source>
        <translation>{count} Sprachen</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>{here} of {size} here</source>
        <translation>{here} von {size} hier</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>Nicht benutzbar</translation>
    </message>
    <message>
        <source>{size} to download</source>
        <translation>{size} zu laden</translation>
    </message>
    <message>
        <source>Some of its files are missing or damaged.</source>
        <translation>Einige Dateien fehlen oder sind beschädigt.</translation>
    </message>
    <message>
        <source>Its pictures and words do not match each other (drawings recognised: {numbers}).</source>
        <translation>Bilder und Wörter passen nicht zueinander (erkannte Zeichnungen: {numbers}).</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut …</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Wird kopiert</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Looking at your photos…</source>
        <translation>Fotos werden angesehen …</translation>
    </message>
    <message>
        <source>Converting and comparing…</source>
        <translation>Wird umgewandelt und verglichen …</translation>
    </message>
    <message>
        <source>Trying it on drawings…</source>
        <translation>Wird an Zeichnungen ausprobiert …</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt …</translation>
    </message>
    <message>
        <source>{phase}: {done} of {total}</source>
        <translation>{phase}: {done} von {total}</translation>
    </message>
</context>
<context>
    <name>ModelWork</name>
    <message>
        <source>Stopped. What has come is kept.</source>
        <translation>Abgebrochen. Was angekommen ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>{name} is on this computer now.</source>
        <translation>{name} ist jetzt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>{name} cannot be used. {reason}</source>
        <translation>{name} kann nicht benutzt werden. {reason}</translation>
    </message>
    <message>
        <source>{name} is whole, and its pictures and words match each other.</source>
        <translation>{name} ist vollständig, und Bilder und Wörter passen zueinander.</translation>
    </message>
    <message>
        <source>The faster version finds too much differently: cosine {cosine} with the original on {photos} of your photos. It was not kept; go on with the original.</source>
        <translation>Die schnellere Fassung weicht zu stark ab: Kosinus {cosine} zum Original bei {photos} Ihrer Fotos. Sie wurde nicht behalten; das Original bleibt nutzbar.</translation>
    </message>
    <message>
        <source>The faster version is on this computer now: cosine {cosine} with the original on {photos} of your photos.</source>
        <translation>Die schnellere Fassung ist jetzt auf diesem Computer: Kosinus {cosine} zum Original bei {photos} Ihrer Fotos.</translation>
    </message>
    <message>
        <source>{name} is removed.</source>
        <translation>{name} ist entfernt.</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Take a model from a folder…</source>
        <translation>Modell aus einem Ordner nehmen …</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>A model&apos;s folder</source>
        <translation>Ordner eines Modells</translation>
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
        <translation>Ähnlichkeit {score}</translation>
    </message>
    <message>
        <source>words in: {fields}</source>
        <translation>Wörter in: {fields}</translation>
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
    <name>ServerForm</name>
    <message>
        <source>Engine</source>
        <translation>Suchmaschine</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>User and password</source>
        <translation>Benutzer und Passwort</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password or key</source>
        <translation>Passwort oder Schlüssel</translation>
    </message>
    <message>
        <source>as it was kept</source>
        <translation>wie aufbewahrt</translation>
    </message>
    <message>
        <source>Cloud ID</source>
        <translation>Cloud-ID</translation>
    </message>
    <message>
        <source>instead of an address</source>
        <translation>statt einer Adresse</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>PEM file</source>
        <translation>PEM-Datei</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>SHA-256, instead of the file</source>
        <translation>SHA-256, statt der Datei</translation>
    </message>
    <message>
        <source>Parts of the index</source>
        <translation>Teile des Index</translation>
    </message>
    <message>
        <source>Copies of each part</source>
        <translation>Kopien jedes Teils</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr …</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Certificate of the authority</source>
        <translation>Zertifikat der ausstellenden Stelle</translation>
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
        <translation>Zu diesen Wörtern gibt es kein Tastenkürzel.</translation>
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
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
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
        <translation>Das Modell, das Bilder und Wörter versteht</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
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
        <source>Making photos searchable</source>
        <translation>Fotos werden durchsuchbar</translation>
    </message>
    <message>
        <source>The new model learns</source>
        <translation>Das neue Modell lernt</translation>
    </message>
    <message>
        <source>Measuring the new model</source>
        <translation>Das neue Modell wird gemessen</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindung wird aufgebaut</translation>
    </message>
    <message>
        <source>Fetching the model, MB</source>
        <translation>Modell wird geladen, MB</translation>
    </message>
    <message>
        <source>Trying the model</source>
        <translation>Modell wird ausprobiert</translation>
    </message>
    <message>
        <source>Verifying the model, MB</source>
        <translation>Modell wird geprüft, MB</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
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
