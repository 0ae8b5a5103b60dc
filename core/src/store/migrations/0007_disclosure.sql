-- Fields that practices founded before do not have: their rights by role, and a key that is still to be made.
INSERT OR IGNORE INTO key_state (name, version, to_replace)
SELECT 'field:' || field, 0, 0
FROM (SELECT 'disclosures' AS field UNION ALL SELECT 'medical_disclosures' UNION ALL SELECT 'work_fitness'
      UNION ALL SELECT 'work_abilities' UNION ALL SELECT 'work_duration' UNION ALL SELECT 'work_adaptations')
WHERE EXISTS (SELECT 1 FROM user_group);

INSERT OR IGNORE INTO field_right (field, group_id, level)
SELECT field, id, CASE WHEN role = 'physician' OR (role = 'coach' AND field <> 'medical_disclosures') THEN 2 ELSE 0 END
FROM user_group,
     (SELECT 'disclosures' AS field UNION ALL SELECT 'medical_disclosures' UNION ALL SELECT 'work_fitness'
      UNION ALL SELECT 'work_abilities' UNION ALL SELECT 'work_duration' UNION ALL SELECT 'work_adaptations')
WHERE role <> '';

-- What is listed across the practice: who asked, and who was told.
CREATE INDEX entry_disclosure ON entry (field) WHERE field IN ('disclosures', 'medical_disclosures');
