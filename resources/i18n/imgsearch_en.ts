<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BrowserPresenter</name>
    <message numerus="yes">
        <source>Show %n weaker match(es)</source>
        <translation>
            <numerusform>Show %n weaker match</numerusform>
            <numerusform>Show %n weaker matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopiesChooser</name>
    <message numerus="yes">
        <source>%n photo(s) lie in several files each. Which of them go to the trash?</source>
        <translation>
            <numerusform>%n photo lies in several files. Which of them go to the trash?</numerusform>
            <numerusform>%n photos lie in several files each. Which of them go to the trash?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n file(s) to the trash</source>
        <translation>
            <numerusform>Move %n file to the trash</numerusform>
            <numerusform>Move %n files to the trash</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message numerus="yes">
        <source>When were these %n photo(s) taken? All get the same date.</source>
        <translation>
            <numerusform>When was this %n photo taken?</numerusform>
            <numerusform>When were these %n photos taken? All get the same date.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteQuestion</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n file(s) for good</source>
        <translation>
            <numerusform>Delete %n file for good</numerusform>
            <numerusform>Delete %n files for good</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) lie on a drive without a trash and are still there. Deleting cannot be undone.</source>
        <translation>
            <numerusform>%n file lies on a drive without a trash and is still there. Deleting cannot be undone.</numerusform>
            <numerusform>%n files lie on a drive without a trash and are still there. Deleting cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message numerus="yes">
        <source>IN %n FILE(S)</source>
        <translation>
            <numerusform>IN %n FILE</numerusform>
            <numerusform>IN %n FILES</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message numerus="yes">
        <source>Index {name}: %n photo(s), {size}</source>
        <translation>
            <numerusform>Index {name}: %n photo, {size}</numerusform>
            <numerusform>Index {name}: %n photos, {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were refused: {reason}</source>
        <translation>
            <numerusform>%n photo was refused: {reason}</numerusform>
            <numerusform>%n photos were refused: {reason}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExploreTile</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailuresDialog</name>
    <message numerus="yes">
        <source>%n file(s) could not be indexed. Your files are untouched.</source>
        <translation>
            <numerusform>%n file could not be indexed. Your files are untouched.</numerusform>
            <numerusform>%n files could not be indexed. Your files are untouched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelPresenter</name>
    <message numerus="yes">
        <source>%n photo(s) could not be learned: browsing shows them, searching does not.</source>
        <translation>
            <numerusform>%n photo could not be learned: browsing shows it, searching does not.</numerusform>
            <numerusform>%n photos could not be learned: browsing shows them, searching does not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoActing</name>
    <message numerus="yes">
        <source>%n photo(s) copied</source>
        <translation>
            <numerusform>%n photo copied</numerusform>
            <numerusform>%n photos copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n path(s) copied</source>
        <translation>
            <numerusform>%n path copied</numerusform>
            <numerusform>%n paths copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) copied to {folder}</source>
        <translation>
            <numerusform>%n photo copied to {folder}</numerusform>
            <numerusform>%n photos copied to {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be copied. {path}: {reason}</source>
        <translation>
            <numerusform>%n could not be copied. {path}: {reason}</numerusform>
            <numerusform>%n could not be copied. {path}: {reason}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) listed in {file}</source>
        <translation>
            <numerusform>%n photo listed in {file}</numerusform>
            <numerusform>%n photos listed in {file}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Date of %n photo(s) corrected</source>
        <translation>
            <numerusform>Date of %n photo corrected</numerusform>
            <numerusform>Date of %n photos corrected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Correction of %n photo(s) taken back</source>
        <translation>
            <numerusform>Correction of %n photo taken back</numerusform>
            <numerusform>Correction of %n photos taken back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n file could not be read</numerusform>
            <numerusform>%n files could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashActing</name>
    <message numerus="yes">
        <source>%n file(s) deleted for good</source>
        <translation>
            <numerusform>%n file deleted for good</numerusform>
            <numerusform>%n files deleted for good</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) brought back</source>
        <translation>
            <numerusform>%n file brought back</numerusform>
            <numerusform>%n files brought back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The same holds for %n more file(s).</source>
        <translation>
            <numerusform>The same holds for %n more file.</numerusform>
            <numerusform>The same holds for %n more files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) moved to the trash</source>
        <translation>
            <numerusform>%n photo moved to the trash</numerusform>
            <numerusform>%n photos moved to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) moved to the trash</source>
        <translation>
            <numerusform>%n file moved to the trash</numerusform>
            <numerusform>%n files moved to the trash</numerusform>
        </translation>
    </message>
</context>
</TS>
